package org.uidnet.netd.networks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.uidnet.netd.networks.LinkDump.Link;
import org.uidnet.netd.sys.Ethtool;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetlinkSocket;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.Networks;

/**
 * The interfaces that the kernel knows, asked anew in each round: nothing is remembered, because
 * names, kinds and offloads change without notice, and a held namespace would never die.
 *
 * <p>Thread-safe. Each round runs on a thread of its own that goes from namespace to namespace and
 * then ends, so no other work can ever happen in a foreign one.
 */
public final class KernelNetworks implements Networks {
  /** A dump that is disturbed this often is taken as it is: the next round will see the rest. */
  private static final int ATTEMPTS = 3;

  /** Of one foreign namespace, whose owner may be anybody. */
  private static final int MOST_FOREIGN_INTERFACES = 1024;

  private final NamespaceFiles namespaces;

  public KernelNetworks() {
    this(new NamespaceFiles(Path.of("/proc"), Path.of("/run/netns")));
  }

  KernelNetworks(NamespaceFiles namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * @throws SysException when this namespace's own interfaces cannot be read
   */
  @Override
  public List<Interface> interfaces() {
    // Made here, not on the visiting thread: see NetlinkSocket.
    try (NetlinkSocket.Buffers buffers = new NetlinkSocket.Buffers()) {
      FutureTask<List<Interface>> round =
          new FutureTask<>(new Round(namespaces, buffers)::visitAll);
      Thread thread = new Thread(round, "uidnet-namespaces");
      thread.setDaemon(true);
      thread.start();
      return result(round);
    }
  }

  /**
   * Waits through interruptions: the buffers must outlive the thread, which takes a moment only.
   */
  private static List<Interface> result(FutureTask<List<Interface>> round) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return round.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unchecked(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  /** One visit to every namespace, by one thread that is not used for anything else. */
  private static final class Round {
    private final NamespaceFiles namespaces;
    private final NetlinkSocket.Buffers buffers;
    private final List<Interface> found = new ArrayList<>();

    /** By cookie: a process may have changed its namespace between look-up and entry. */
    private final Set<Long> seen = new HashSet<>();

    Round(NamespaceFiles namespaces, NetlinkSocket.Buffers buffers) {
      this.namespaces = namespaces;
      this.buffers = buffers;
    }

    List<Interface> visitAll() {
      visit(true);
      for (Path file : namespaces.others()) {
        try (Fd namespace = Fd.open(file)) {
          NetworkNamespace.enter(namespace);
          visit(false);
        } catch (SysException e) {
          // Gone, or not ours to enter: its interfaces stay without a name.
        }
      }
      return List.copyOf(found);
    }

    /** Reads the namespace that this thread is in. */
    private void visit(boolean host) {
      try (NetlinkSocket socket = NetlinkSocket.open(buffers)) {
        long cookie = socket.namespaceCookie();
        if (seen.add(cookie)) {
          long most = host ? Long.MAX_VALUE : MOST_FOREIGN_INTERFACES;
          links(socket).stream()
              .limit(most)
              .map(link -> describe(socket, cookie, host, link))
              .forEach(found::add);
        }
      }
    }
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

  private static Interface describe(NetlinkSocket socket, long cookie, boolean host, Link link) {
    Optional<String> driver =
        DeviceCounting.isHardware(link.type(), link.kind())
            ? Ethtool.driver(socket, link.name())
            : Optional.empty();
    DeviceCounting counting =
        DeviceCounting.of(
            link.type(), link.kind(), driver, Ethtool.tcpSegmentationOffload(socket, link.name()));
    return new Interface(
        cookie,
        host,
        link.ifindex(),
        link.name(),
        counting.kind(),
        counting.linkHeader(),
        counting.view(),
        counting.withHeaders(link.counters()));
  }
}
