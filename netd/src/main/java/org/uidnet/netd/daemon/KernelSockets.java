package org.uidnet.netd.daemon;

import java.util.function.LongPredicate;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Event;

/** Connections of this host, cut by the kernel's socket diagnostics. */
final class KernelSockets implements SocketDestroyer {
  private final org.uidnet.netd.sockets.SocketDestroyer kernel;

  /** Of processes in that cgroup: rules hold for nobody else. */
  KernelSockets(Cgroup cgroup) {
    kernel = new org.uidnet.netd.sockets.SocketDestroyer(cgroup::members);
  }

  @Override
  public int destroy(LongPredicate uids) {
    try {
      var cut = kernel.destroy(uids);
      return cut.tcp() + cut.udp();
    } catch (SysException e) {
      throw new DatapathException("connections could not be cut: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean destroy(Event event) {
    try {
      return kernel.destroy(event);
    } catch (SysException e) {
      throw new DatapathException("a connection could not be cut: " + e.getMessage(), e);
    }
  }
}
