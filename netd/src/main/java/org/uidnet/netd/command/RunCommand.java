package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.KernelDaemon;
import org.uidnet.netd.daemon.StartException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Count this host's traffic per UID, in the foreground.",
    description = {
      "",
      "Attaches the programs, keeps history, serves commands and HTTP. On a terminal it shows who"
          + " uses the network right now. Ctrl-C stores the last snapshot and leaves no trace; after"
          + " a crash the kernel goes on counting and the next run continues exactly.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  sudo uidnet run",
      "  sudo uidnet run --state-dir /tmp/uidnet --cgroup /sys/fs/cgroup/user.slice",
      "  sudo uidnet run --http none --persist",
      "  sudo uidnet run --load-only     at boot, before the network; a daemon goes on from there"
    })
final class RunCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private KernelOptions kernel;
  @Mixin private ServeOptions serve;
  @Mixin private InputOptions inputs;
  @Mixin private ExportOptions exports;

  @Option(
      names = "--persist",
      negatable = true,
      fallbackValue = "true", // also where the configuration says so already
      description = "Leave programs, maps and links at work after a clean stop.")
  private boolean persist;

  @Option(
      names = "--load-only",
      description = {
        "Attach the programs with the stored policy in force, then end and leave them at work; what"
            + " is there already is adopted."
      })
  private boolean loadOnly;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Settings in YAML, one a line: every long option here is a key there (poll-interval: 10s),"
            + " and a variable (UIDNET_POLL_INTERVAL). An option here comes before a variable, a"
            + " variable before the file. Default: /etc/uidnet/uidnet.yaml, if it is there."
      })
  @SuppressWarnings("unused") // Settings has read it before any option is set
  private Optional<Path> configFile;

  @Option(
      names = "--packages-list",
      paramLabel = "FILE",
      description = "Android's packages.list, for the names of apps. Default: none.")
  private Optional<Path> packages;

  @Option(
      names = "--admins",
      paramLabel = "UID",
      split = ",",
      converter = UidNumber.class,
      description =
          "Who may see and do what root may, over the unix sockets; a list is parted by commas."
              + " Default: none.")
  private Set<Long> admins = Set.of();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return loadOnly ? load(config()) : serve(config());
  }

  private int load(DaemonConfig config) {
    String outcome =
        started(() -> KernelDaemon.load(kernel.place(packages), config, context.clock()));
    context.out().println(outcome);
    context.out().flush();
    return ExitCode.OK;
  }

  private int serve(DaemonConfig config) throws IOException, InterruptedException {
    KernelDaemon daemon =
        started(() -> KernelDaemon.start(kernel.place(packages), config, context.clock()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon), "uidnet-stop"));
    show(new RunHeader(daemon));
    Thread.currentThread().join(); // a signal ends this process: see end()
    return ExitCode.OK;
  }

  /**
   * A journal has no use for frames. On a terminal, whatever the screen lacks, such as descriptors:
   * the daemon is in this process and goes on.
   */
  private void show(RunHeader header) throws IOException, InterruptedException {
    if (context.terminal()) {
      new LiveScreen(context, header.aboveFrames(), List::of, () -> true)
          .show(daemonOption.daemon(context));
    } else {
      header.lines().forEach(context.out()::println);
      context.out().flush();
    }
  }

  private DaemonConfig config() throws IOException {
    return serve
        .config(daemonOption.stateDir(), admins)
        .withInputs(inputs.config(context.environment()))
        .withFleet(exports.config(context.environment()));
  }

  private static <T> T started(Supplier<T> start) {
    try {
      return start.get();
    } catch (StartException e) {
      throw new CommandException(
          e.reason() == StartException.Reason.NOT_PERMITTED
              ? ExitCode.NOT_PERMITTED
              : ExitCode.FAILED,
          String.valueOf(e.getMessage()));
    }
  }

  private void end(KernelDaemon daemon) {
    daemon.end(persist);
    if (context.terminal()) {
      context.out().println();
      context.out().println(persist ? "stopped; counting goes on" : "stopped; nothing is left");
      context.out().flush();
    }
    Runtime.getRuntime().halt(ExitCode.OK); // Java would answer 128 + the signal's number
  }
}
