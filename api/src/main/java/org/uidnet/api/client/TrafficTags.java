package org.uidnet.api.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Tags for the traffic of this process's threads, as {@code TrafficStats} sets them on Android.
 *
 * <p>A thread sets a tag, and maybe another UID to charge; its sockets are then given both, by
 * {@code tag} or by a {@link TaggingSocketFactory}. Other threads, also those that it starts, have
 * none. Tagged traffic is counted under its tag and is part of the UID's total. Bytes that were
 * sent before stay where they were counted. A socket keeps its tag until it is closed, untagged or
 * tagged again; accepted sockets do not inherit the listener's.
 *
 * <pre>{@code
 * var tags = new TrafficTags(UidnetClient.ofHost());
 * try (var scope = tags.threadTag(0xF00D)) {
 *   tags.tag(socket);
 * }
 * }</pre>
 *
 * <p>Java cannot pass a descriptor to another process, as others do over the daemon's {@code
 * tag.sock}. So a socket is named by this process's number, its protocol and its addresses: it must
 * be bound or connected, and one that is bound to all addresses is found by its port. The daemon
 * looks for it among this process's own descriptors: that takes about a millisecond, with a
 * thousand open descriptors some twenty, and fails in a pid namespace other than the daemon's. It
 * answers 50 requests a second of a UID that is no admin, others with status 429.
 *
 * <p>Methods that ask the daemon throw what {@link UidnetClient} throws, and {@link
 * SocketException} if the socket is closed, has no address yet, or is none of TCP or UDP. Which
 * UIDs may charge others is the daemon's to say: {@link ProblemException#errno} is {@code EPERM}
 * then. Thread-safe.
 */
public final class TrafficTags {
  /**
   * No tag, or no other UID: -1 as on Android, so that {@link #getAndSetThreadTag}'s answer can be
   * set again.
   */
  public static final long UNSET = -1;

  private final UidnetClient client;
  private final ThreadLocal<Charge> thread = ThreadLocal.withInitial(() -> Charge.NONE);

  public TrafficTags(UidnetClient client) {
    this.client = client;
  }

  /**
   * Sets the tag of the sockets that this thread tags from now on.
   *
   * @param tag 0 to 4294967295, best none of {@link ReservedTags}, or {@link #UNSET}
   */
  public void setThreadTag(long tag) {
    set(thread.get().withTag(tag));
  }

  /** The same; answers the tag before, or {@link #UNSET}. */
  public long getAndSetThreadTag(long tag) {
    long before = getThreadTag();
    setThreadTag(tag);
    return before;
  }

  /** This thread's tag, or {@link #UNSET}. */
  public long getThreadTag() {
    return thread.get().tag();
  }

  public void clearThreadTag() {
    setThreadTag(UNSET);
  }

  /**
   * Sets the UID that sockets which this thread tags from now on are charged to, instead of this
   * process's own. The firewall keeps judging the owner.
   *
   * @param uid 0 to 4294967294, or {@link #UNSET}
   */
  public void setThreadUid(long uid) {
    set(thread.get().withUid(uid));
  }

  /** The UID that this thread charges, or {@link #UNSET}. */
  public long getThreadUid() {
    return thread.get().uid();
  }

  public void clearThreadUid() {
    setThreadUid(UNSET);
  }

  /** Sets this thread's tag until the answer is closed. */
  public Scope threadTag(long tag) {
    Scope scope = new Scope(thread.get());
    setThreadTag(tag);
    return scope;
  }

  /** Whether this thread has set a tag or a UID; sockets are left as they are otherwise. */
  public boolean isSet() {
    return !thread.get().equals(Charge.NONE);
  }

  private void set(Charge charge) {
    if (charge.equals(Charge.NONE)) {
      thread.remove(); // threads of pools live long
    } else {
      thread.set(charge);
    }
  }

  /** Gives the socket this thread's tag and UID; nothing is done if it has neither. */
  public void tag(Socket socket) throws IOException {
    if (isSet()) {
      tag(SocketEnds.of(socket));
    }
  }

  /** Gives the socket this thread's tag and UID; nothing is done if it has neither. */
  public void tag(DatagramSocket socket) throws IOException {
    if (isSet()) {
      tag(SocketEnds.of(socket));
    }
  }

  /** Gives the channel this thread's tag and UID; nothing is done if it has neither. */
  public void tag(SocketChannel channel) throws IOException {
    if (isSet()) {
      tag(SocketEnds.of(channel));
    }
  }

  /** Gives the channel this thread's tag and UID; nothing is done if it has neither. */
  public void tag(DatagramChannel channel) throws IOException {
    if (isSet()) {
      tag(SocketEnds.of(channel));
    }
  }

  /** Takes tag and charged UID from the socket; false if it had none. */
  public boolean untag(Socket socket) throws IOException {
    return untag(SocketEnds.of(socket));
  }

  /** Takes tag and charged UID from the socket; false if it had none. */
  public boolean untag(DatagramSocket socket) throws IOException {
    return untag(SocketEnds.of(socket));
  }

  /** Takes tag and charged UID from the channel; false if it had none. */
  public boolean untag(SocketChannel channel) throws IOException {
    return untag(SocketEnds.of(channel));
  }

  /** Takes tag and charged UID from the channel; false if it had none. */
  public boolean untag(DatagramChannel channel) throws IOException {
    return untag(SocketEnds.of(channel));
  }

  /**
   * Counts operations of this process's UID under this thread's tag: what it says that it did,
   * beside the bytes that this took ({@code incrementOperationCount}).
   *
   * @param count from 0 on
   * @throws IllegalStateException if this thread has no tag
   */
  public void addOperations(int count) throws IOException {
    long tag = getThreadTag();
    if (tag == UNSET) {
      throw new IllegalStateException("operations are counted by tag; set this thread's first");
    }
    client.send(ApiRequest.addOwnOperations(tag, count));
  }

  private void tag(SocketEnds ends) throws IOException {
    client.send(ApiRequest.tag(ends.charged(thread.get())));
  }

  private boolean untag(SocketEnds ends) throws IOException {
    return client.send(ApiRequest.untag(ends.charged(Charge.NONE), false)).changed();
  }

  /** A time in which a thread has a tag; its end brings back what was set at its beginning. */
  public final class Scope implements AutoCloseable {
    private final Charge before;
    private final Thread owner = Thread.currentThread();

    private Scope(Charge before) {
      this.before = before;
    }

    /** Brings tag and UID back as they were. */
    @Override
    public void close() {
      if (Thread.currentThread() != owner) {
        throw new IllegalStateException(
            "a thread's tag was set by " + owner.getName() + " and can only be taken back by it");
      }
      set(before);
    }
  }
}
