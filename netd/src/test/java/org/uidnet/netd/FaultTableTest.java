package org.uidnet.netd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of faults says what tests hold: each row names some, and each fault test has a row. */
class FaultTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TABLE = ROOT.resolve("docs/faults.md");

  /** A tag, and what it is on: a class, or a method. */
  private static final Pattern TAGGED =
      Pattern.compile("@Tag\\(\"fault\"\\)(?s:.*?)(?:class (\\w+)|void (\\w+)\\()");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
        .filter(line -> !line.startsWith("| ---"))
        .toList();
  }

  /** As {@code Class.method}, of all modules. */
  private static Set<String> faultTests() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .flatMap(FaultTableTest::faultTests)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<String> faultTests(Path file) {
    String source = NamedTests.read(file);
    String name = String.valueOf(file.getFileName()).replace(".java", "");
    return TAGGED
        .matcher(source)
        .results()
        .flatMap(tag -> methods(tag, source))
        .map(method -> name + "." + method);
  }

  private static Stream<String> methods(MatchResult tag, String source) {
    return tag.group(2) == null ? NamedTests.methods(source) : Stream.of(tag.group(2));
  }

  @Test
  void rows_haveAFault_anOutcome_andATest() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            row -> {
              String[] cells = row.split("\\|", -1);
              assertThat(cells).hasSize(5);
              assertThat(cells[1]).isNotBlank();
              assertThat(cells[2]).isNotBlank();
              assertThat(NamedTests.in(cells[3])).isNotEmpty();
            });
  }

  @Test
  void tests_areThoseWithTheTag() throws IOException {
    assertThat(rows().stream().flatMap(NamedTests::in).collect(Collectors.toSet()))
        .isEqualTo(faultTests());
  }
}
