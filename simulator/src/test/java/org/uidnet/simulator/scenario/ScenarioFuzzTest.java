package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Scenario files: whatever the text is, a {@link ScenarioException} names file, line and column of
 * every mistake, or users and interfaces are what the rest of the simulator takes for granted.
 */
class ScenarioFuzzTest extends FuzzContract {
  /** A range of a million users is allowed. */
  private static final int MEGABYTES = 1024;

  ScenarioFuzzTest() {
    super("scenario", 60, ScenarioFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(new String(input, StandardCharsets.UTF_8)));
  }

  private static void check(String text) {
    try {
      requireUsable(Scenarios.parse("any.yaml", text));
    } catch (ScenarioException e) {
      assertThat(e.mistakes()).isNotEmpty();
      assertThat(e.getMessage()).matches("(?s)any\\.yaml:\\d+:\\d+: .*");
    }
  }

  private static void requireUsable(Scenario scenario) {
    assertThat(scenario.interfaces()).isNotEmpty();
    assertThat(scenario.users())
        .allMatch(user -> user.uid() >= 0 && user.uid() <= ScenarioReader.HIGHEST_UID)
        .allMatch(user -> !user.name().isBlank());
  }
}
