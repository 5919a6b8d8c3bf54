package org.uidnet.netd.networks;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetlinkSocket;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.sys.SysException;

/**
 * A walk through the network namespaces of this host, with a netlink socket in each. It is made by
 * a thread of its own that goes from namespace to namespace and then ends, so no other work can
 * ever happen in a foreign one. Nothing is remembered, since a held namespace would never die.
 *
 * <p>Thread-safe.
 */
public final class NamespaceTour {
  private final NetlinkSocket.Protocol protocol;
  private final NamespaceFiles namespaces;

  public NamespaceTour(NetlinkSocket.Protocol protocol) {
    this(protocol, new NamespaceFiles(Path.of("/proc"), Path.of("/run/netns")));
  }

  NamespaceTour(NetlinkSocket.Protocol protocol, NamespaceFiles namespaces) {
    this.protocol = protocol;
    this.namespaces = namespaces;
  }

  /**
   * A namespace, while the thread is in it.
   *
   * @param cookie its number, which is never given to another one
   * @param host whether it is the daemon's own
   * @param socket made in it; closed when the visit ends
   */
  public record Stop(long cookie, boolean host, NetlinkSocket socket) {}

  /**
   * Visits the daemon's own namespace, then every other one that can be entered, each once, until a
   * visit answers false. A visit that fails is the tour's failure in the daemon's own namespace;
   * any other is skipped, as it may be gone or not ours to enter.
   *
   * @return how many namespaces could not be visited, without those that are gone
   * @throws SysException when the daemon's own namespace cannot be visited
   */
  public int visit(Predicate<Stop> visit) {
    // Made here, not on the visiting thread: see NetlinkSocket.
    try (NetlinkSocket.Buffers buffers = new NetlinkSocket.Buffers()) {
      FutureTask<Integer> walk = new FutureTask<>(new Walk(visit, buffers)::run);
      Thread thread = new Thread(walk, "uidnet-namespaces");
      thread.setDaemon(true);
      thread.start();
      return result(walk);
    }
  }

  /**
   * Waits through interruptions: the buffers must outlive the thread, which takes a moment only.
   */
  private static int result(FutureTask<Integer> walk) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return walk.get();
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

  /** One walk, by one thread that is not used for anything else. */
  private final class Walk {
    private final Predicate<Stop> visit;
    private final NetlinkSocket.Buffers buffers;

    /** By cookie: a process may have changed its namespace between look-up and entry. */
    private final Set<Long> seen = new HashSet<>();

    private int unvisited;

    Walk(Predicate<Stop> visit, NetlinkSocket.Buffers buffers) {
      this.visit = visit;
      this.buffers = buffers;
    }

    int run() {
      boolean further = stop(true);
      Iterator<Path> others = namespaces.others().iterator();
      while (further && others.hasNext()) {
        further = enter(others.next());
      }
      return unvisited;
    }

    private boolean enter(Path file) {
      try (Fd namespace = Fd.open(file)) {
        NetworkNamespace.enter(namespace);
        return stop(false);
      } catch (SysException e) {
        unvisited += e.errno() == Errno.ENOENT ? 0 : 1;
        return true;
      }
    }

    private boolean stop(boolean host) {
      try (NetlinkSocket socket = NetlinkSocket.open(protocol, buffers)) {
        long cookie = socket.namespaceCookie();
        return !seen.add(cookie) || visit.test(new Stop(cookie, host, socket));
      }
    }
  }
}
