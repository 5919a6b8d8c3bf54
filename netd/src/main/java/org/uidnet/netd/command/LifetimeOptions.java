package org.uidnet.netd.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.model.RuleRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How long a rule holds: at most one of {@code --for}, {@code --until}, {@code --until-reboot}. */
final class LifetimeOptions {
  @ArgGroup(exclusive = true)
  private @Nullable Choice choice;

  RuleRequest of(RuleRequest rule) {
    return choice == null ? rule : rule.during(choice.duration, choice.until());
  }

  static final class Choice {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "Only for so long, also across restarts: 90s, 5m, 2h, 1d, 1w.")
    private Optional<String> duration = Optional.empty();

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Only until then: 2026-03-01T12:00:00Z.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--until-reboot", description = "Only until the host starts again.")
    private boolean untilReboot;

    Optional<String> until() {
      return untilReboot ? Optional.of(RuleRequest.REBOOT) : until;
    }
  }
}
