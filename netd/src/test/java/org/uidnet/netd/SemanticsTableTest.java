package org.uidnet.netd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The comparison with Android says what tests show: each row that says it works names some. */
class SemanticsTableTest {
  private static final Path TABLE = Path.of("../docs/semantics.md");

  /** Rows of the parity checklist: reference/android.md, section 8. */
  private static final int ROWS = 134;

  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*");
  private static final Pattern HELD = Pattern.compile("(works|adapted: ).*");
  private static final Pattern NOT = Pattern.compile("not: .+");

  /**
   * A row's cells.
   *
   * @param here what uidnet does: works, adapted, or not
   */
  private record Row(int number, String android, String here, String tests) {
    static Row of(String line) {
      String[] cells = line.split("\\|", -1);
      assertThat(cells).as(line).hasSize(6);
      return new Row(
          Integer.parseInt(cells[1].strip()), cells[2].strip(), cells[3].strip(), cells[4].strip());
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> ROW.matcher(line).matches())
        .map(Row::of)
        .toList();
  }

  @Test
  void rows_areThoseOfTheChecklist() throws IOException {
    assertThat(rows().stream().map(Row::number))
        .isEqualTo(IntStream.rangeClosed(1, ROWS).boxed().toList());
    assertThat(rows()).allSatisfy(row -> assertThat(row.android()).isNotBlank());
  }

  @Test
  void rowsThatWork_nameTests_othersSayWhy() throws IOException {
    for (Row row : rows()) {
      if (HELD.matcher(row.here()).matches()) {
        assertThat(NamedTests.in(row.tests())).as("%s", row).isNotEmpty();
      } else {
        assertThat(row.here()).as("%s", row).matches(NOT);
        assertThat(row.tests()).as("%s", row).isEqualTo("-");
      }
    }
  }

  @Test
  void namedTests_areThere() throws IOException {
    Set<String> all = NamedTests.all();

    assertThat(NamedTests.in(Files.readString(TABLE))).isNotEmpty().isSubsetOf(all);
  }
}
