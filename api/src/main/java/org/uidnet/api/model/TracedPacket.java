package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import org.uidnet.stats.Kind;

/**
 * A packet that was traced: the event {@code packet} of {@code GET /v1/trace}. Android's fields,
 * whose it is, and what became of it.
 *
 * @param bootNanos when, in nanoseconds since boot, time asleep included
 * @param iface name of the interface, {@code netns:<cookie>/<name>} in other namespaces; untrusted
 * @param netns cookie of the namespace, absent in the host's
 * @param length bytes from the network header on; many segments may be one packet here
 * @param wakeup whether it woke the host
 * @param reason why it was dropped, absent if it passed
 * @param socketCookie the kernel's number of the socket
 */
public record TracedPacket(
    Instant time,
    long bootNanos,
    String iface,
    int ifindex,
    Optional<Long> netns,
    Direction direction,
    @JsonUnwrapped Whose whose,
    int length,
    @JsonUnwrapped Headers headers,
    boolean wakeup,
    Verdict verdict,
    Optional<String> reason,
    long socketCookie) {
  /** Seen from the host. */
  public enum Direction {
    INGRESS,
    EGRESS
  }

  /** What the programs decided. */
  public enum Verdict {
    PASSED,
    DROPPED
  }

  /**
   * Whom it is charged to, and who sends or receives it.
   *
   * @param kind {@code foreign}: of a socket of another user namespace, whose UID is unknown
   * @param uid charged, absent for foreign sockets
   * @param name of that UID; untrusted text
   * @param owner UID of the socket, whom rules judge; absent for foreign sockets
   * @param tag of the socket, 0 to 4294967295; 0: none
   */
  public record Whose(
      Kind kind, Optional<Long> uid, Optional<String> name, Optional<Long> owner, long tag) {}

  /**
   * What its headers say. Later pieces of a datagram have no ports.
   *
   * @param ipVersion 4 or 6
   * @param protocol number of the IP protocol, after extension headers
   * @param protocolName such as {@code tcp}, absent for rare ones
   * @param tcpFlags letters of FSRPAUEC, as in {@code SA}
   */
  public record Headers(
      int ipVersion,
      int protocol,
      Optional<String> protocolName,
      Optional<Integer> sourcePort,
      Optional<Integer> targetPort,
      Optional<Integer> icmpType,
      Optional<Integer> icmpCode,
      Optional<String> tcpFlags) {}
}
