package org.uidnet.netd.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uidnet.api.model.DaemonStatus.BpfMap;
import org.uidnet.api.model.DaemonStatus.Program;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Networks;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Sockets;
import org.uidnet.programs.UidNames;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;
import org.uidnet.simulator.world.Boot;
import org.uidnet.simulator.world.World;
import org.uidnet.stats.Host;

/** One boot of a simulated host, with our programs attached to its hooks. */
final class SimulatedPlatform implements Platform {
  /** A daemon that polls all the time would leave the host no processor. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

  private final World world;
  private final Boot boot;
  private final Limits limits;
  private final int speed;

  /**
   * The present boot.
   *
   * @param limits with which the host was booted
   * @param speed seconds of the host that pass in one of ours
   */
  SimulatedPlatform(World world, Limits limits, int speed) {
    this.world = world;
    this.limits = limits;
    this.speed = speed;
    boot = world.boot();
  }

  /** Whether the host has not been booted again meanwhile. */
  boolean isCurrent() {
    return world.boot().id().equals(boot.id());
  }

  @Override
  public Datapath datapath() {
    return boot.kernel().datapath();
  }

  @Override
  public AccountingMaps accounting() {
    return boot.kernel().datapath();
  }

  @Override
  public RuleMaps rules() {
    return boot.kernel().datapath();
  }

  /** A simulated connection whose packets are dropped gives up by itself. */
  @Override
  public SocketDestroyer sockets() {
    return SocketDestroyer.NONE;
  }

  /** There are none: its sockets are those of simulated users. */
  @Override
  public Sockets processSockets() {
    return (name, asker) -> {
      throw new ErrnoException(
          "ESRCH", "This is a demo: it has no processes, and so no sockets that could be tagged.");
    };
  }

  /** None once the host was booted again: those then are other interfaces. */
  @Override
  public Networks networks() {
    return () -> isCurrent() ? world.networks().interfaces() : List.of();
  }

  @Override
  public Optional<String> defaultRoute() {
    return world.device().network();
  }

  @Override
  public UidNames names() {
    return world.names();
  }

  @Override
  public Host host() {
    return new Host(boot.id(), boot.bootTime(), boot.nanos()::getAsLong);
  }

  /** Programs have no kernel's hash, and hang on no cgroup. */
  @Override
  public Inventory inventory() {
    ProgramObject object = ProgramObject.load();
    List<ProgramSpec> programs = object.programs();
    return new Inventory(
        programs.stream()
            .map(
                program ->
                    new Program(
                        program.name(),
                        programs.indexOf(program) + 1L,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        List.of(),
        object.maps().stream().map(limits::apply).map(this::describe).toList());
  }

  private BpfMap describe(MapSpec map) {
    Control control = datapath().control();
    return new BpfMap(
        map.name(),
        KernelInventory.type(map.type()),
        KernelInventory.entries(map.name(), map.maxEntries(), control),
        map.maxEntries(),
        (long) map.maxEntries() * (map.keySize() + map.valueSize()));
  }

  /** Nobody takes anything away from it. */
  @Override
  public List<String> repair() {
    return List.of();
  }

  @Override
  public void watch() {}

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public Duration waitFor(Duration timeOfHost) {
    Duration wait = timeOfHost.dividedBy(speed);
    return wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
  }

  @Override
  public void stop(Runnable lastSnapshot) {
    lastSnapshot.run();
  }

  @Override
  public void close() {}
}
