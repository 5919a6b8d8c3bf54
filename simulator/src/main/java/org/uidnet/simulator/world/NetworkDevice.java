package org.uidnet.simulator.world;

import org.jspecify.annotations.Nullable;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.Traffic;
import org.uidnet.simulator.scenario.InterfaceKind;
import org.uidnet.simulator.scenario.InterfaceSpec;

/**
 * A network device from its creation to its removal. It counts what passes, with link headers and
 * in its view, as its kind does. The one end of a pair hands over to the other, from where the
 * packet is forwarded.
 */
final class NetworkDevice {
  private final InterfaceSpec spec;
  private final Net net;
  private final int ifindex;
  private final LinkTruth truth;
  private final Tally own = new Tally();
  private @Nullable NetworkDevice outerEnd;
  private boolean up = true;

  NetworkDevice(InterfaceSpec spec, Net net, int ifindex, LinkTruth truth) {
    this.spec = spec;
    this.net = net;
    this.ifindex = ifindex;
    this.truth = truth;
  }

  InterfaceSpec spec() {
    return spec;
  }

  int ifindex() {
    return ifindex;
  }

  int mtu() {
    return spec.kind().mtu();
  }

  boolean isLoopback() {
    return spec.kind() == InterfaceKind.LOOPBACK;
  }

  boolean isUp() {
    return up;
  }

  void setUp(boolean isUp) {
    up = isUp;
  }

  /** What is sent here comes out there, and the other way round. */
  void leadTo(NetworkDevice end) {
    outerEnd = end;
  }

  /** A packet of a socket leaves the host, or the namespace. */
  void send(int length, int header, int segments) {
    send(length, header, segments, false);
  }

  /** A packet arrives for a socket. */
  void receive(int length, int header, int segments) {
    receive(length, header, segments, false);
  }

  void sendOfNoSocket(int length) {
    send(length, 0, 1, true);
  }

  void receiveForNoSocket(int length) {
    receive(length, 0, 1, true);
  }

  private void send(int length, int header, int segments, boolean ofNoSocket) {
    count(true, length, header, segments, ofNoSocket);
    NetworkDevice outer = outerEnd;
    if (outer != null) {
      outer.count(false, length, header, segments, true);
      outer.net.carrier().ifPresent(next -> next.send(length, header, segments, true));
    }
  }

  private void receive(int length, int header, int segments, boolean ofNoSocket) {
    NetworkDevice outer = outerEnd;
    if (outer != null) {
      outer.net.carrier().ifPresent(from -> from.receive(length, header, segments, true));
      outer.count(true, length, header, segments, true);
    }
    count(false, length, header, segments, ofNoSocket);
  }

  private void count(boolean sent, int length, int header, int segments, boolean ofNoSocket) {
    own.add(sent, length, header, segments);
    truth.add(sent, length, header, segments, ofNoSocket);
  }

  Interface reading() {
    InterfaceKind kind = spec.kind();
    Traffic counted = kind.view().of(own.read());
    return new Interface(
        net.cookie(),
        net.isHost(),
        ifindex,
        spec.name(),
        kind.kernelName(),
        kind.linkHeader(),
        kind.view(),
        withLinkHeaders(counted, kind.linkHeader()));
  }

  private static Traffic withLinkHeaders(Traffic counted, int header) {
    return new Traffic(
        counted.rxBytes() + header * counted.rxPackets(),
        counted.rxPackets(),
        counted.txBytes() + header * counted.txPackets(),
        counted.txPackets());
  }
}
