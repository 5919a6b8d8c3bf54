package org.uidnet.programs.contract;

import org.uidnet.programs.Datapath;

/**
 * What the contracts are tried on: programs that have just been attached to maps of chosen sizes,
 * and sockets whose packets they see. Made anew for each test and used by one thread.
 */
public interface Subject extends AutoCloseable {
  /**
   * How large the maps are; the number of CPUs is the subject's own.
   *
   * @param slots of one CPU, slot 0 included
   * @param slotsPerUid live slots that one UID may hold
   * @param highUids UIDs from 65,536 on that can have a row
   */
  record Sizes(int slots, int slotsPerUid, int highUids) {}

  /**
   * A loopback interface. The two differ in their index or in their network namespace; both
   * namespaces belong to the initial user namespace and are known to the programs. The first is in
   * the namespace that {@code control().hostNamespace()} names.
   */
  enum Wire {
    FIRST,
    SECOND
  }

  /** What became of a datagram. */
  enum Fate {
    /** The receiver has it. */
    ARRIVED,
    /** The sender could send it, the receiver never got it. */
    LOST,
    /** The sender got EPERM. */
    REFUSED
  }

  Datapath datapath();

  /**
   * Sends one UDP datagram over IPv4 from a new socket of one UID to a new socket of the same or
   * another one. Nothing else makes packets. Unless it is refused the programs have seen it twice
   * when this returns: leaving and arriving, {@code 28 + payload} bytes each, in one piece.
   *
   * @param sender owner of the sending socket, from 0 to 4294967294
   * @param receiver owner of the receiving socket
   * @param payload bytes, from 0 to 9000
   */
  Fate send(Wire wire, long sender, long receiver, int payload);

  /** Detaches and removes everything. */
  @Override
  void close();
}
