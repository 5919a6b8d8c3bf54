package org.uidnet.simulator.world;

import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;

/** Packets that went by. Thread-safe: a reading never shows half a packet. */
final class Tally {
  private final Direction rx = new Direction();
  private final Direction tx = new Direction();

  /** Plain sums; no object for each packet. */
  private static final class Direction {
    private long bytes;
    private long packets;
    private long extraBytes;
    private long extraPackets;
  }

  /**
   * Adds one packet of the stack.
   *
   * @param length from the network header on
   * @param header the part that each segment repeats
   * @param segments as which it is on the wire
   */
  synchronized void add(boolean sent, int length, int header, int segments) {
    Direction direction = sent ? tx : rx;
    long extra = (long) header * (segments - 1);
    direction.bytes += length + extra;
    direction.packets += segments;
    direction.extraBytes += extra;
    direction.extraPackets += segments - 1;
  }

  synchronized Counters read() {
    return new Counters(
        new Traffic(rx.bytes, rx.packets, tx.bytes, tx.packets),
        new Traffic(rx.extraBytes, rx.extraPackets, tx.extraBytes, tx.extraPackets));
  }
}
