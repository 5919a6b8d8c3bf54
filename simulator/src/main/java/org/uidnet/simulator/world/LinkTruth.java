package org.uidnet.simulator.world;

/** What the world knows of all devices that have had one interface index, in one boot. */
final class LinkTruth {
  private final long netns;
  private final int ifindex;
  private final Tally device = new Tally();
  private final Tally socketless = new Tally();

  LinkTruth(long netns, int ifindex) {
    this.netns = netns;
    this.ifindex = ifindex;
  }

  void add(boolean sent, int length, int header, int segments, boolean ofNoSocket) {
    device.add(sent, length, header, segments);
    if (ofNoSocket) {
      socketless.add(sent, length, header, segments);
    }
  }

  Truth read() {
    return new Truth(netns, ifindex, device.read(), socketless.read());
  }
}
