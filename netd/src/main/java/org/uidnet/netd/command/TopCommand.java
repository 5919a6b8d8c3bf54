package org.uidnet.netd.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    header = "Live rates per UID.",
    description = {
      "",
      "Redraws once a second, until q or Ctrl-C: bytes per second, and totals of this boot. The last"
          + " line tells per interface what it carried beyond what UIDs were charged. Without a"
          + " terminal it prints plain frames one below the other.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet top",
      "  uidnet top --bits",
      "  uidnet top --once              one frame, for scripts",
      "  uidnet top --iterations 10 --json | jq '.rows[0]'"
    })
final class TopCommand implements Callable<Integer> {
  private static final double SHORTEST = 0.1;
  private static final double LONGEST = 3600;

  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private UnitsOption units;

  @Option(names = "--once", description = "One frame, after a second of measuring.")
  private boolean once;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many frames; 0, the default, goes on until stopped.")
  private int iterations;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "Time between frames. Default: ${DEFAULT-VALUE}.")
  private double interval;

  @Option(names = "--json", description = "One line of JSON for each frame.")
  private boolean json;

  TopCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSensibleInterval();
    DaemonClient daemon = daemonOption.daemon(context);
    Frames frames = Frames.of(daemon, units.units(), context); // refusals come before the screen
    try (Screen screen = screen()) {
      run(screen, frames);
    }
    return ExitCode.OK;
  }

  private void requireSensibleInterval() {
    if (!(interval >= SHORTEST && interval <= LONGEST)) {
      throw new CommandException(
          ExitCode.BAD_USAGE, "--interval: give 0.1 to 3600 seconds, not " + interval);
    }
  }

  private Screen screen() throws IOException {
    return context.terminal() && !json && !once
        ? TerminalScreen.open(context.out())
        : Screen.plain(context.out(), context.environment());
  }

  private void run(Screen screen, Frames frames) throws IOException, InterruptedException {
    long left = once ? 1 : iterations == 0 ? Long.MAX_VALUE : iterations;
    if (screen instanceof TerminalScreen) {
      screen.show(frames.current().lines(screen.size())); // totals at once, rates in a second
    }
    while (left > 0 && !screen.pause(Math.round(interval * 1000))) {
      frames.advance();
      screen.show(json ? List.of(frames.json()) : frames.current().lines(screen.size()));
      left--;
    }
  }
}
