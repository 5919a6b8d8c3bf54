package org.uidnet.netd.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Networks;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Sockets;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Host;

/** What the daemon runs on: this host's kernel, or a simulated one. */
public interface Platform extends AutoCloseable {
  Datapath datapath();

  /** The maps of the same programs that hold rules. */
  RuleMaps rules();

  /** The maps of the same programs that say whom traffic is charged to, and packets on demand. */
  AccountingMaps accounting();

  /** Ends connections that rules block. */
  SocketDestroyer sockets();

  /** Sockets of processes, to be tagged. */
  Sockets processSockets();

  Networks networks();

  /** The name of the host's interface that the default route leads to; empty: offline. */
  Optional<String> defaultRoute();

  UidNames names();

  Host host();

  /** The programs, links and maps at work. */
  Inventory inventory();

  /** Puts back what somebody took away from the programs; answers what, one sentence each. */
  List<String> repair();

  /** One round of looking at what the programs have to be told of the host. */
  void watch();

  /** What is wrong, one sentence each. */
  List<String> problems();

  /** How long to wait until so much time has passed for the host. */
  default Duration waitFor(Duration timeOfHost) {
    return timeOfHost;
  }

  /**
   * Ends accounting and leaves no trace.
   *
   * @param lastSnapshot called when no program counts any more, before the counters go
   */
  void stop(Runnable lastSnapshot);

  /** Leaves the programs at work without us. */
  @Override
  void close();
}
