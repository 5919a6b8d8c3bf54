package org.uidnet.netd.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.uidnet.api.HostPort;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.dbus.HostService;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.networks.KernelNetworks;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/**
 * A short life of the daemon, on a simulated host, that touches the classes of a real one, so that
 * the build can archive them. Needs no privilege, attaches nothing, and leaves no file.
 */
public final class WarmUp {
  private WarmUp() {}

  /** Starts, answers one of each request, stops. */
  public static void run() throws IOException {
    Path directory = Files.createTempDirectory("uidnet-warm-up");
    try {
      Clock clock = Clock.systemUTC();
      serve(directory, clock); // the database is made in the first life, opened in the second
      serve(directory, clock);
      new Probe(ProgramObject.load()).all();
      new KernelNetworks().interfaces();
      HostBoot.read(clock);
    } finally {
      delete(directory);
    }
  }

  private static void serve(Path directory, Clock clock) throws IOException {
    DaemonConfig config =
        new DaemonConfig(
                StateDir.in(directory),
                Optional.of(new HostPort("127.0.0.1", 0)),
                Duration.ofSeconds(10))
            .withInputs(noBusIn(directory));
    Scenario scenario = Scenarios.shipped("phone");
    World world = new World(scenario, 1, clock.instant());
    Platform platform = new SimulatedPlatform(world, scenario.limits(), 1);
    try (Daemon daemon = Daemon.start(platform, config, clock)) {
      ask(UidnetClient.overSocket(config.stateDir().apiSocket()));
      daemon.health();
    }
  }

  /** Nobody is asked anything, but the library is there. */
  private static InputConfig noBusIn(Path directory) {
    return new InputConfig(
        EnumSet.allOf(HostService.class),
        false,
        OptionalInt.empty(),
        "unix:path=" + directory.resolve("no-bus"));
  }

  private static void ask(UidnetClient client) throws IOException {
    client.health();
    client.poll();
    client.status();
    client.summary(UsageQuery.NONE.from("-7d").by("uid,set,iface"));
    client.history(UsageQuery.NONE.uid("0").resolution("1h"));
    client.sinceBoot(UsageQuery.NONE);
    client.truth(UsageQuery.NONE);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
