package org.uidnet.netd.sockets;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.uidnet.netd.networks.NamespaceTour;
import org.uidnet.netd.networks.NamespaceTour.Stop;
import org.uidnet.netd.sockets.Socket.Family;
import org.uidnet.netd.sockets.Socket.Protocol;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.NetlinkSocket;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DropId.Call;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.object.Bytes;

/**
 * Cuts live connections by the kernel's socket diagnostics: their programs get ECONNABORTED at
 * once.
 *
 * <p>Never a listener, which would be dead for good; nor a UDP socket that is not connected, which
 * waits for anybody as a listener does. Nor what stays on this host, unless its packet was refused.
 * Half-open connections that the kernel shows without their owner are left to the packet hooks,
 * which let no answer through.
 *
 * <p>Thread-safe: nothing is kept between calls.
 */
public final class SocketDestroyer {
  /** The kernel's list may miss a socket when others close meanwhile, so it is asked again. */
  private static final int MOST_ROUNDS = 3;

  private final NamespaceTour tour;
  private final Supplier<LongPredicate> cgroups;

  /** Of the whole host. */
  public SocketDestroyer() {
    this(() -> any -> true);
  }

  /**
   * Of some cgroups only.
   *
   * @param cgroups asked in each sweep which ids are theirs: rules hold for nobody else
   */
  public SocketDestroyer(Supplier<LongPredicate> cgroups) {
    this(new NamespaceTour(NetlinkSocket.Protocol.SOCKET_DIAGNOSTICS), cgroups);
  }

  SocketDestroyer(NamespaceTour tour, Supplier<LongPredicate> cgroups) {
    this.tour = tour;
    this.cgroups = cgroups;
  }

  /**
   * What was cut.
   *
   * @param tcp connections
   * @param udp connected sockets
   * @param failed sockets that are still there
   * @param unvisited network namespaces that could not be entered or asked
   * @param withoutUdp whether this kernel cannot destroy UDP sockets, so that none was looked at
   */
  public record Cut(int tcp, int udp, int failed, int unvisited, boolean withoutUdp) {}

  /** ENOENT where the kernel can destroy TCP sockets: that is what it says of one that is none. */
  public static int errnoOfNoTcpSocket() {
    return errnoOfNothing(Protocol.TCP);
  }

  /** The same for UDP. */
  public static int errnoOfNoUdpSocket() {
    return errnoOfNothing(Protocol.UDP);
  }

  private static int errnoOfNothing(Protocol protocol) {
    try (NetlinkSocket.Buffers buffers = new NetlinkSocket.Buffers();
        NetlinkSocket socket =
            NetlinkSocket.open(NetlinkSocket.Protocol.SOCKET_DIAGNOSTICS, buffers)) {
      return new Diagnostics(socket).errnoOfNothing(protocol);
    }
  }

  /**
   * Cuts the connections of these UIDs in every network namespace that can be entered. To be called
   * when the rules that refuse new ones are in force.
   *
   * @throws SysException when the kernel does not let us, in the daemon's own namespace
   */
  public Cut destroy(LongPredicate uids) {
    Sweep sweep = new Sweep(uids, cgroups.get());
    return sweep.result(tour.visit(sweep::visit));
  }

  /**
   * Cuts the one TCP connection whose packet was refused; false if it is none, or gone already.
   *
   * @throws SysException when the kernel does not let us, in the daemon's own namespace
   */
  public boolean destroy(Event event) {
    return event
        .flow()
        .filter(flow -> flow.protocol() == Protocol.TCP.number)
        .map(flow -> destroy(event, flow))
        .orElse(false);
  }

  private boolean destroy(Event event, Flow flow) {
    boolean sent = event.id().call() == Call.EGRESS;
    InetSocketAddress local = sent ? flow.source() : flow.target();
    InetSocketAddress remote = sent ? flow.target() : flow.source();
    Bytes name = Diagnostics.name(local, remote, event.ifindex(), event.cookie());
    AtomicBoolean done = new AtomicBoolean();
    tour.visit(
        stop -> {
          boolean here = stop.cookie() == event.netns();
          if (here || event.netns() == 0) {
            done.set(destroy(stop, Family.of(local.getAddress()), name));
          }
          return !here && !done.get();
        });
    return done.get();
  }

  /** Looked up first: where the connection is gone the kernel would find the listener instead. */
  private static boolean destroy(Stop stop, Family family, Bytes name) {
    Diagnostics diagnostics = new Diagnostics(stop.socket());
    return diagnostics.find(Protocol.TCP, family, name).isPresent()
        && diagnostics.destroy(Protocol.TCP, family, name) == 0;
  }

  /** One call's way through the namespaces. */
  private static final class Sweep {
    private final LongPredicate uids;
    private final LongPredicate cgroups;
    private final Map<Protocol, Integer> cut = new EnumMap<>(Protocol.class);
    private int failed;
    private boolean withoutUdp;

    Sweep(LongPredicate uids, LongPredicate cgroups) {
      this.uids = uids;
      this.cgroups = cgroups;
    }

    boolean visit(Stop stop) {
      Diagnostics diagnostics = new Diagnostics(stop.socket());
      cut(diagnostics, Protocol.TCP);
      withoutUdp = withoutUdp || diagnostics.errnoOfNothing(Protocol.UDP) == Errno.EOPNOTSUPP;
      if (!withoutUdp) {
        cut(diagnostics, Protocol.UDP);
      }
      return true;
    }

    private void cut(Diagnostics diagnostics, Protocol protocol) {
      for (Family family : Family.values()) {
        List<Socket> left = wanted(diagnostics, protocol, family);
        for (int round = 0; !left.isEmpty() && round < MOST_ROUNDS; round++) {
          left.forEach(socket -> destroy(diagnostics, protocol, socket));
          left = wanted(diagnostics, protocol, family);
        }
        failed += left.size();
      }
    }

    private List<Socket> wanted(Diagnostics diagnostics, Protocol protocol, Family family) {
      return diagnostics.live(protocol, family).stream()
          .filter(socket -> socket.hasOwner() && uids.test(socket.uid()) && !socket.isLoopback())
          .filter(socket -> cgroups.test(socket.cgroup()))
          .toList();
    }

    private void destroy(Diagnostics diagnostics, Protocol protocol, Socket socket) {
      int errno = diagnostics.destroy(protocol, socket.family(), socket.name());
      switch (errno) {
        case 0 -> cut.merge(protocol, 1, Integer::sum);
        case Errno.ENOENT, Errno.ESTALE -> {} // it has ended by itself
        default -> throw new SysException("destroy a " + protocol + " socket", errno);
      }
    }

    Cut result(int unvisited) {
      return new Cut(
          cut.getOrDefault(Protocol.TCP, 0),
          cut.getOrDefault(Protocol.UDP, 0),
          failed,
          unvisited,
          withoutUdp);
    }
  }
}
