package org.uidnet.netd.dbus;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.Flags;

/**
 * A connection to a message bus: reads properties, and tells that something may have changed. One
 * thread asks; the library's own threads tell.
 */
final class Bus implements ObjectReader, AutoCloseable {
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
  private static final long PATIENCE_MILLIS = 3000;

  /** The library tries as often as it can sleep for half a second meanwhile; we try ourselves. */
  private static final int ONE_ATTEMPT_MILLIS = 500;

  /** What is answered for a service, or an object of one, that is not there. */
  private static final Set<String> ABSENCE =
      Set.of(
          "org.freedesktop.DBus.Error.NameHasNoOwner",
          "org.freedesktop.DBus.Error.ServiceUnknown",
          "org.freedesktop.DBus.Error.UnknownInterface",
          "org.freedesktop.DBus.Error.UnknownMethod",
          "org.freedesktop.DBus.Error.UnknownObject");

  private final DBusConnection connection;
  private final Runnable news;
  private final Loss loss;

  private Bus(DBusConnection connection, Runnable news, Loss loss) {
    this.connection = connection;
    this.news = news;
    this.loss = loss;
  }

  /**
   * Connects.
   *
   * @param news called for each signal that is listened to, and when the bus is lost
   * @throws BusException if nobody listens there, or who does refuses us
   */
  static Bus connect(String address, Runnable news) {
    Loss loss = new Loss(news);
    try {
      return new Bus(
          DBusConnectionBuilder.forAddress(address)
              .withShared(false)
              .withDisconnectCallback(loss)
              .transportConfig()
              .withTimeout(ONE_ATTEMPT_MILLIS)
              .back()
              .build(),
          news,
          loss);
    } catch (DBusException | RuntimeException e) { // unchecked where the address makes no sense
      throw new BusException(
          "no message bus answers at %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  /** Told by the library, before it has cleaned up, that the bus is gone. */
  private static final class Loss implements IDisconnectCallback {
    private final Runnable news;
    private volatile boolean happened;

    Loss(Runnable news) {
      this.news = news;
    }

    @Override
    public void disconnectOnError(IOException cause) {
      clientDisconnect();
    }

    @Override
    public void clientDisconnect() {
      happened = true;
      news.run();
    }
  }

  boolean isConnected() {
    return !loss.happened && connection.isConnected();
  }

  /** Signals are only a hint to look: anybody may send them, so what they say is not believed. */
  void listen(DBusMatchRule rule) {
    try {
      connection.addGenericSigHandler(rule, signal -> news.run());
    } catch (DBusException | RuntimeException e) {
      throw new BusException("the bus does not tell of %s: %s".formatted(rule, e.getMessage()), e);
    }
  }

  @Override
  public Optional<ObjectProperties> properties(String service, String path, String iface) {
    Message reply =
        ask(service, path, iface).orElseThrow(() -> new BusException(service + " does not answer"));
    if (reply instanceof Error && ABSENCE.contains(reply.getName())) {
      return Optional.empty();
    }
    if (parameter(reply) instanceof Map<?, ?> answer && !(reply instanceof Error)) {
      return Optional.of(ObjectProperties.of(iface, answer));
    }
    throw new BusException(
        "%s does not tell %s of %s: %s".formatted(service, iface, path, parameter(reply)));
  }

  private Optional<Message> ask(String service, String path, String iface) {
    try {
      MethodCall call =
          connection
              .getMessageFactory()
              .createMethodCall(
                  service, path, PROPERTIES, "GetAll", Flags.NO_AUTO_START, "s", iface);
      connection.sendMessage(call);
      return Optional.ofNullable(call.getReply(PATIENCE_MILLIS));
    } catch (DBusException | RuntimeException e) { // unchecked where the bus was lost meanwhile
      throw new BusException("cannot ask %s: %s".formatted(service, e.getMessage()), e);
    }
  }

  private static Object parameter(Message reply) {
    try {
      Object[] parameters = reply.getParameters();
      return parameters.length == 0 ? "nothing" : parameters[0];
    } catch (DBusException | RuntimeException e) { // unchecked where it is no message at all
      throw new BusException("an answer cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
