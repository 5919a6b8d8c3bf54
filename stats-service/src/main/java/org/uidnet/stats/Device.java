package org.uidnet.stats;

import org.uidnet.programs.Traffic;

/**
 * An interface's own counters, from the network header on, and what was counted since.
 *
 * @param iface id of its present {@link Interface}
 * @param last when last stored
 * @param first when first seen in this epoch: bytes before counting
 * @param device since then, by the device
 * @param uids since then, by the hooks, in the device's view
 */
record Device(int iface, Traffic last, Traffic first, Traffic device, Traffic uids) {
  /** An interface that was there before we counted: what it counted before is not history. */
  static Device foundAtStart(int iface, Traffic now) {
    return new Device(iface, now, now, Traffic.NONE, Traffic.NONE);
  }

  /** An interface that came into being since the last round: it began at zero. */
  static Device created(int iface) {
    return new Device(iface, Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE);
  }

  /**
   * What it counted since the last round; all of it if it began anew meanwhile. Only packets tell
   * that: bytes less link headers may fall by a few when a packet is counted between two reads.
   */
  Traffic since(Traffic now) {
    boolean anew = now.rxPackets() < last.rxPackets() || now.txPackets() < last.txPackets();
    return anew ? now : now.minus(last);
  }

  Device plus(int newIface, Traffic now, Traffic moreUids) {
    return new Device(newIface, now, first, device.plus(since(now)), uids.plus(moreUids));
  }

  Device plusUids(Traffic more) {
    return new Device(iface, last, first, device, uids.plus(more));
  }

  long[] pack() {
    long[] packed = new long[4 * Values.TRAFFIC];
    copy(last, packed, 0);
    copy(first, packed, 1);
    copy(device, packed, 2);
    copy(uids, packed, 3);
    return packed;
  }

  static Device unpack(int iface, long[] packed) {
    return new Device(
        iface,
        Values.traffic(packed, 0),
        Values.traffic(packed, Values.TRAFFIC),
        Values.traffic(packed, 2 * Values.TRAFFIC),
        Values.traffic(packed, 3 * Values.TRAFFIC));
  }

  private static void copy(Traffic traffic, long[] packed, int index) {
    System.arraycopy(Values.of(traffic), 0, packed, index * Values.TRAFFIC, Values.TRAFFIC);
  }
}
