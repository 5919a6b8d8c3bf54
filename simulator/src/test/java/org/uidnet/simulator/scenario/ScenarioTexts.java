package org.uidnet.simulator.scenario;

/** Scenarios written in tests. */
public final class ScenarioTexts {
  private ScenarioTexts() {}

  public static Scenario scenario(String text) {
    return Scenarios.parse("test.yaml", text);
  }
}
