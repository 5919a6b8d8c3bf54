package org.uidnet.api;

import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.eclipse.jetty.io.Connection;

/**
 * The UIDs behind the connections of the unix socket, and how many connections each has.
 *
 * <p>Credentials are asked for once, when a connection opens; the kernel fixed them at the peer's
 * connect. A connection too many is answered 429 and closed by whoever handles its request; a UID
 * that opens far too many finds them closed at once. Thread-safe.
 */
final class UnixPeers implements Connection.Listener {
  /** Callers without a UID share one allowance. */
  static final long NO_UID = -1;

  private static final int FAR_TOO_MANY = 4;
  private static final Peer UNKNOWN = new Peer(OptionalLong.empty(), false);

  private final PeerCredentials credentials;
  private final int limit;
  private final LongPredicate unlimited;
  private final Map<Connection, Peer> peers = new ConcurrentHashMap<>();
  private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

  UnixPeers(PeerCredentials credentials, int limit, LongPredicate unlimited) {
    this.credentials = credentials;
    this.limit = limit;
    this.unlimited = unlimited;
  }

  /** Who is at the other end. */
  record Peer(OptionalLong uid, boolean tooMany) {
    long key() {
      return uid.orElse(NO_UID);
    }
  }

  Peer of(Connection connection) {
    return peers.getOrDefault(connection, UNKNOWN);
  }

  @Override
  public void onOpened(Connection connection) {
    OptionalLong uid = uid(connection);
    long key = uid.orElse(NO_UID);
    int count = counts.merge(key, 1, Integer::sum);
    boolean limited = !unlimited.test(key);
    peers.put(connection, new Peer(uid, limited && count > limit));
    if (limited && count > limit * FAR_TOO_MANY) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Peer peer = peers.remove(connection);
    if (peer != null) {
      counts.computeIfPresent(peer.key(), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private OptionalLong uid(Connection connection) {
    return connection.getEndPoint().getTransport() instanceof SocketChannel channel
        ? credentials.uid(channel)
        : OptionalLong.empty();
  }
}
