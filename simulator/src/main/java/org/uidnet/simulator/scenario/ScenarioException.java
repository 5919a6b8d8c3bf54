package org.uidnet.simulator.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario file says what cannot be; names every mistake in it. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Mistake> mistakes;

  /**
   * One mistake.
   *
   * @param line from 1
   * @param column from 1
   * @param text what was found where, and what is expected
   */
  public record Mistake(int line, int column, String text) {}

  ScenarioException(String file, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(
                mistake ->
                    "%s:%d:%d: %s".formatted(file, mistake.line, mistake.column, mistake.text))
            .collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** In the order of the file. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
