package org.uidnet.simulator.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uidnet.simulator.scenario.ScenarioException.Mistake;
import org.yaml.snakeyaml.error.Mark;

/** The mistakes found so far: the reader goes on after each. */
final class Mistakes {
  /** A file that is wrong from top to bottom needs no more than these. */
  private static final int MOST = 50;

  private final String file;
  private final List<Mistake> found = new ArrayList<>();

  Mistakes(String file) {
    this.file = file;
  }

  void add(Mark mark, String text) {
    found.add(new Mistake(mark.getLine() + 1, mark.getColumn() + 1, text));
  }

  /** The one mistake of a file that cannot be read any further. */
  ScenarioException fatal(@Nullable Mark mark, String text) {
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1;
    return new ScenarioException(file, List.of(new Mistake(line, column, text)));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column));
      throw new ScenarioException(file, found.subList(0, Math.min(MOST, found.size())));
    }
  }

  /** A hint for a word that is not among the known ones: the closest, if it is close. */
  static String didYouMean(String word, Collection<String> known) {
    Optional<String> closest =
        known.stream().min(Comparator.comparingInt((String k) -> distance(word, k)));
    return closest
        .filter(candidate -> distance(word, candidate) <= 1 + candidate.length() / 3)
        .map(candidate -> "; did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  /** Letters to insert, delete or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
