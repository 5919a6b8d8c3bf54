package org.uidnet.netd.daemon;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.FirewallConfig;
import org.uidnet.firewall.PastUsage;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.netd.kernel.Attachment;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.kernel.Handover;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.Loader;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.netd.networks.DefaultRoute;
import org.uidnet.netd.networks.KernelNetworks;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.tags.ProcessSockets;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Networks;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Sockets;
import org.uidnet.programs.UidNames;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.stats.Host;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;

/** This host's kernel, with our programs attached to a cgroup. */
public final class KernelPlatform implements Platform {
  private final Attachment attachment;
  private final Cgroup cgroup;
  private final Path pins;
  private final SocketDestroyer sockets;
  private final Networks networks;
  private final UidNames names;
  private final Host host;
  private final Repairs repairs;

  /** Why the last look at namespaces failed, if it did. */
  private volatile Optional<String> unwatched = Optional.empty();

  private KernelPlatform(
      Attachment attachment,
      Cgroup cgroup,
      Bpffs bpffs,
      Networks networks,
      UidNames names,
      Host host) {
    this.attachment = attachment;
    this.cgroup = cgroup;
    sockets = new KernelSockets(cgroup);
    pins = bpffs.directory();
    this.networks = networks;
    this.names = names;
    this.host = host;
    repairs = new Repairs(attachment, bpffs, host.elapsed());
  }

  /**
   * What of the host is used.
   *
   * @param cgroup whose sockets are counted; empty: the root
   * @param bpffs directory for the pins; empty: the usual one
   * @param packages Android's {@code packages.list}, for names of apps
   */
  public record Place(Optional<Path> cgroup, Optional<Path> bpffs, Optional<Path> packages) {
    HostUidNames names() {
      HostUidNames.Files files = HostUidNames.Files.ofHost();
      return new HostUidNames(packages.map(files::withPackages).orElse(files));
    }
  }

  /**
   * Attaches the programs, or adopts those that an earlier daemon left.
   *
   * @param config new maps get its policy, and its history what older ones have counted
   */
  public static KernelPlatform start(Place place, DaemonConfig config, Host host, Clock clock) {
    ProgramObject object = ProgramObject.load();
    Cgroup cgroup = Cgroup.of(place.cgroup(), Mounts.read());
    Bpffs bpffs = Bpffs.prepare(place.bpffs());
    boolean cookies = new Probe(object).namespaceCookies().isYes();
    Limits limits = Limits.ofHost(Cpus.possible(), cookies);
    Networks networks = new KernelNetworks();
    UidNames names = place.names();
    Attachment attachment =
        new Loader(object, limits, cgroup, bpffs, clock)
            .attach(new Succession(config.firewall(), networks, names, host, clock));
    return new KernelPlatform(attachment, cgroup, bpffs, networks, names, host);
  }

  /** What the start found. */
  public Attachment.Outcome outcome() {
    return attachment.outcome();
  }

  public Path cgroup() {
    return cgroup.path();
  }

  public Path pins() {
    return pins;
  }

  @Override
  public Datapath datapath() {
    return attachment.datapath();
  }

  @Override
  public AccountingMaps accounting() {
    return attachment.accounting();
  }

  @Override
  public RuleMaps rules() {
    return attachment.rules();
  }

  @Override
  public SocketDestroyer sockets() {
    return sockets;
  }

  @Override
  public Sockets processSockets() {
    return new ProcessSockets();
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public Optional<String> defaultRoute() {
    return DefaultRoute.ofHost().iface();
  }

  @Override
  public UidNames names() {
    return names;
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public Inventory inventory() {
    return KernelInventory.of(attachment.linkIds(), cgroup.path(), attachment.datapath().control());
  }

  @Override
  public List<String> repair() {
    return repairs.round();
  }

  @Override
  public void watch() {
    try {
      attachment.namespaces().round();
      unwatched = Optional.empty();
    } catch (KernelException | SysException e) {
      unwatched = Optional.of("new network namespaces are not looked at: " + Repairs.why(e));
    }
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(repairs.problems());
    unwatched.ifPresent(problems::add);
    if (!attachment.pending().isEmpty()) {
      problems.add("counters of an older version wait to be stored; the next start tries again");
    }
    return problems;
  }

  @Override
  public void stop(Runnable lastSnapshot) {
    attachment.stop(
        new Handover() {
          @Override
          public void prepare(RuleMaps fresh) {}

          @Override
          public void retire(Datapath counted) {
            lastSnapshot.run();
          }
        });
  }

  /** Undoes a start that did not get further; programs that were at work before go on. */
  public void abandon() {
    if (attachment.outcome() == Attachment.Outcome.FRESH) {
      stop(() -> {});
    } else {
      close();
    }
  }

  @Override
  public void close() {
    attachment.close();
  }

  /**
   * What new maps must have before the first packet, and what becomes of what replaced maps have
   * counted: each by its database, opened for that alone.
   */
  private record Succession(
      FirewallConfig policy, Networks networks, UidNames names, Host host, Clock clock)
      implements Handover {
    @Override
    public void prepare(RuleMaps fresh) {
      Daemon.openFirewall(
              policy, fresh, networks, SocketDestroyer.NONE, host, clock, PastUsage.UNKNOWN)
          .close();
    }

    @Override
    public void retire(Datapath counted) {
      try (var stats =
          StatsService.open(
              StatsConfig.in(policy.directory()).withZone(clock.getZone()),
              counted,
              networks,
              names,
              host,
              clock)) {
        stats.poll();
      }
    }
  }
}
