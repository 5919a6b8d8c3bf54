package org.uidnet.netd.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.SimulatedDaemon;
import org.uidnet.netd.daemon.StartException;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.ScenarioException;
import org.uidnet.simulator.scenario.Scenarios;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "The same daemon over a simulated host: no root, nothing attached.",
    description = {
      "",
      "The compiled programs run in a simulated kernel, under the traffic of a phone, a server or"
          + " your own scenario. Its past is made in seconds, then it goes on, faster than our time."
          + " Every other command works on it with --state-dir. Ctrl-C ends it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet demo",
      "  uidnet demo --scenario server --days 30 --speed 600",
      "  uidnet demo --scenario my.yaml --seed 7 --state-dir /tmp/demo --http none"
    })
final class DemoCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where files are kept; a new or empty directory, or one of an earlier demo, which is wiped."
              + " Default: one of this user's, which is removed at the end.")
  private Optional<Path> stateDir;

  @Mixin private ServeOptions serve;

  @Option(
      names = "--scenario",
      paramLabel = "NAME|FILE",
      defaultValue = "phone",
      description = "phone, server, hostile, or a file like them. Default: ${DEFAULT-VALUE}.")
  private String scenario;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all chance: the same seed, the same traffic. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      converter = WholeNumber.Days.class,
      description = "Days of history, 0 to 3650. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "60",
      converter = WholeNumber.Speed.class,
      description =
          "Simulated seconds in one of ours, 1 to 3600; 60 is a day in 24 minutes."
              + " Default: ${DEFAULT-VALUE}.")
  private int speed;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Settings in YAML, as those of run: every long option here is a key, and a variable"
            + " (UIDNET_SPEED). Default: /etc/uidnet/demo.yaml, if it is there."
      })
  @SuppressWarnings("unused") // Settings has read it before any option is set
  private Optional<Path> configFile;

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SimulatedDaemon.Plan plan =
        new SimulatedDaemon.Plan(scenario(), seed, Duration.ofDays(days), speed);
    DemoDirectory directory = DemoDirectory.open(stateDir, context);
    Demo demo = new Demo(plan, config(directory), directory, context);
    Thread onSignal = new Thread(demo::endBySignal, "uidnet-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      demo.run();
      Thread.currentThread().join(); // a signal ends this process
      return ExitCode.OK;
    } catch (StartException | IOException e) {
      Runtime.getRuntime().removeShutdownHook(onSignal);
      demo.close();
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Who runs it may see all of it. */
  private DaemonConfig config(DemoDirectory directory) {
    return serve.config(directory.files(), Set.of(context.uid()));
  }

  private Scenario scenario() {
    try {
      return Scenarios.names().contains(scenario)
          ? Scenarios.shipped(scenario)
          : Scenarios.read(Path.of(scenario));
    } catch (ScenarioException e) {
      throw new CommandException(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw new CommandException(
          ExitCode.BAD_USAGE,
          "--scenario: '%s' is neither one of %s nor a file that can be read"
              .formatted(scenario, String.join(", ", Scenarios.names())));
    }
  }
}
