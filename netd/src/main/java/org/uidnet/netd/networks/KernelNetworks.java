package org.uidnet.netd.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.networks.LinkDump.Link;
import org.uidnet.netd.networks.NamespaceTour.Stop;
import org.uidnet.netd.sys.Ethtool;
import org.uidnet.netd.sys.NetlinkSocket;
import org.uidnet.netd.sys.NetlinkSocket.Protocol;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Networks;

/**
 * The interfaces that the kernel knows, asked anew in each round: nothing is remembered, because
 * names, kinds and offloads change without notice, and a held namespace would never die.
 *
 * <p>Thread-safe.
 */
public final class KernelNetworks implements Networks {
  /** A dump that is disturbed this often is taken as it is: the next round will see the rest. */
  private static final int ATTEMPTS = 3;

  /** Of one foreign namespace, whose owner may be anybody. */
  private static final int MOST_FOREIGN_INTERFACES = 1024;

  private final NamespaceTour tour = new NamespaceTour(Protocol.ROUTE);

  @Override
  public List<Interface> interfaces() {
    try {
      return visitAll();
    } catch (SysException e) {
      throw new DatapathException("cannot read the host's interfaces: " + e.getMessage(), e);
    }
  }

  private List<Interface> visitAll() {
    List<Interface> found = new ArrayList<>();
    tour.visit(
        stop -> {
          found.addAll(interfaces(stop));
          return true;
        });
    return List.copyOf(found);
  }

  private static List<Interface> interfaces(Stop stop) {
    return links(stop.socket()).stream()
        .limit(stop.host() ? Long.MAX_VALUE : MOST_FOREIGN_INTERFACES)
        .map(link -> describe(stop, link))
        .toList();
  }

  private static List<Link> links(NetlinkSocket socket) {
    LinkDump dump = dump(socket);
    for (int attempt = 1; dump.wasInterrupted() && attempt < ATTEMPTS; attempt++) {
      dump = dump(socket);
    }
    return dump.links();
  }

  private static LinkDump dump(NetlinkSocket socket) {
    LinkDump dump = new LinkDump();
    socket.send(LinkDump.request());
    while (!dump.isDone()) {
      dump.add(socket.receive());
    }
    return dump;
  }

  private static Interface describe(Stop stop, Link link) {
    NetlinkSocket socket = stop.socket();
    Optional<String> driver =
        DeviceCounting.isHardware(link.type(), link.kind())
            ? Ethtool.driver(socket, link.name())
            : Optional.empty();
    DeviceCounting counting =
        DeviceCounting.of(
            link.type(), link.kind(), driver, Ethtool.tcpSegmentationOffload(socket, link.name()));
    return new Interface(
        stop.cookie(),
        stop.host(),
        link.ifindex(),
        link.name(),
        kind(stop, link, counting),
        counting.linkHeader(),
        counting.view(),
        counting.withHeaders(link.counters()));
  }

  /** A device without a kind of its own may have a type. */
  private static String kind(Stop stop, Link link, DeviceCounting counting) {
    return stop.host() && DeviceCounting.isHardware(link.type(), link.kind())
        ? DeviceType.OF_HOST.of(link.name()).orElse(counting.kind())
        : counting.kind();
  }
}
