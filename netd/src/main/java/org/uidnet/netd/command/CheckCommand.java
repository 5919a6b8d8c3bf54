package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.uidnet.netd.daemon.SelfTest;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.programs.object.ProgramObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Can uidnet run here, and does it count right?",
    description = {
      "",
      "Asks the kernel for all that uidnet needs, then counts itself: loads the programs, attaches"
          + " them to a cgroup of its own, sends a known number of packets over loopback and"
          + " compares. Nothing is left behind; a running daemon is not disturbed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all fine",
      "1:something is missing or was counted wrong",
      "2:bad usage",
      "3:not permitted"
    },
    footer = {"", "Examples:", "  sudo uidnet check", "  uidnet check --json"})
final class CheckCommand implements Callable<Integer> {
  private final Context context;
  private final Supplier<List<Feature>> probes;
  private final Function<Optional<Path>, SelfTest.Outcome> selfTest;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--cgroup",
      paramLabel = "DIR",
      description = "The cgroup (v2) below which the test makes one for itself. Default: the root.")
  private Optional<Path> cgroup;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  CheckCommand(Context context) {
    this(context, CheckCommand::requirements, SelfTest::run);
  }

  /** All that uidnet may need of a kernel, tried on this one. */
  static List<Feature> requirements() {
    return new Probe(ProgramObject.load()).all();
  }

  CheckCommand(
      Context context,
      Supplier<List<Feature>> probes,
      Function<Optional<Path>, SelfTest.Outcome> selfTest) {
    this.context = context;
    this.probes = probes;
    this.selfTest = selfTest;
  }

  @Override
  public Integer call() {
    List<Feature> features = probes.get();
    CheckText text = new CheckText(context);
    if (!json) {
      text.features(features); // seen before the test, which takes a moment
    }
    CheckFindings findings = new CheckFindings(features, test(features), answers());
    if (json) {
      context.out().println(JsonOutput.pretty(CheckJson.of(findings)));
    } else {
      text.findings(findings);
    }
    context.out().flush();
    return findings.exitCode();
  }

  /** Not even begun where it cannot end well. */
  private Optional<SelfTest.Outcome> test(List<Feature> features) {
    return CheckFindings.missing(features).isEmpty()
        ? Optional.of(selfTest.apply(cgroup))
        : Optional.empty();
  }

  private boolean answers() {
    try {
      daemonOption.daemon(context).health();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
