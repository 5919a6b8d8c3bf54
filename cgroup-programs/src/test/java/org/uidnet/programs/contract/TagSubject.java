package org.uidnet.programs.contract;

import org.uidnet.programs.AccountingMaps;

/** A subject whose sockets last longer than one packet, so that they can be tagged. */
public interface TagSubject extends Subject {
  /** Of the same programs. */
  AccountingMaps accounting();

  /** Makes two UDP sockets, connected to each other over IPv4. */
  Pair open(Wire wire, long sender, long receiver);

  @Override
  default Fate send(Wire wire, long sender, long receiver, int payload) {
    try (Pair pair = open(wire, sender, receiver)) {
      return pair.send(payload);
    }
  }

  /** Two sockets. One pair is open at a time on each wire. */
  interface Pair extends AutoCloseable {
    /** A descriptor of the sending socket in this process. */
    int sender();

    /** A descriptor of the receiving socket in this process. */
    int receiver();

    /** Sends one datagram; seen by programs as {@link Subject#send} says. */
    Fate send(int payload);

    @Override
    void close();
  }
}
