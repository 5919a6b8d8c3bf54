package org.uidnet.api.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * Sockets of another factory that have the making thread's tag and UID from their beginning, as on
 * Android.
 *
 * <p>A socket that is made unconnected is bound to a free port at once, because only then it has a
 * name to be tagged by; so all of its packets are tagged. It shares its port with no other, so
 * there is room for about 28,000 of them on a host. One that is made connected is tagged
 * afterwards: the packets of the connection's beginning are not. If the thread has set nothing, the
 * other factory's socket is answered as it is.
 */
public final class TaggingSocketFactory extends SocketFactory {
  private final SocketFactory sockets;
  private final TrafficTags tags;
  private final Consumer<IOException> failures;

  /**
   * Wraps a factory.
   *
   * @param failures hears why a socket could not be tagged. The socket is answered all the same, as
   *     on Android: who cannot be counted apart can still work
   */
  public TaggingSocketFactory(
      SocketFactory sockets, TrafficTags tags, Consumer<IOException> failures) {
    this.sockets = sockets;
    this.tags = tags;
    this.failures = failures;
  }

  @Override
  public Socket createSocket() throws IOException {
    return tagged(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return tagged(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return tagged(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return tagged(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return tagged(sockets.createSocket(host, port, localHost, localPort));
  }

  private Socket tagged(Socket socket) {
    try {
      tag(socket);
    } catch (IOException e) {
      failures.accept(e);
    }
    return socket;
  }

  private void tag(Socket socket) throws IOException {
    if (tags.isSet() && !socket.isBound()) {
      socket.bind(null);
    }
    tags.tag(socket);
  }
}
