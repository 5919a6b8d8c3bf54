package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each type of problem leads to a section of docs/troubleshooting.md, and each section has one. */
class ProblemTypeTest {
  private static final Path PAGE = Path.of("../docs/troubleshooting.md");
  private static final String HEADING = "### ";

  @Test
  void headings_areTheTypes_inTheirOrder() throws IOException {
    List<String> headings =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length()))
            .toList();

    assertThat(headings)
        .isEqualTo(Arrays.stream(ProblemType.values()).map(ProblemType::heading).toList());
  }

  @ParameterizedTest
  @EnumSource
  void section_namesTheStatus_andSaysMore(ProblemType type) {
    String section = ProblemEndpoints.section(type.heading()).orElseThrow();

    assertThat(section)
        .startsWith(HEADING + type.heading() + "\n" + type.status())
        .doesNotContain("\n#")
        .hasSizeGreaterThan(60);
  }

  @Test
  void uri_isAnsweredByTheSection(@TempDir Path dir) throws IOException {
    try (TestServer server = new TestServer(dir)) {
      String type = server.get(0, "/v1/nothing").json().path("type").asText();
      var section = server.get(1234, type);
      var page = server.get(1234, "/problems");

      assertThat(section.header("Content-Type")).contains("text/plain; charset=utf-8");
      assertThat(section.body()).startsWith("### no-such-path\n404. ");
      assertThat(page.body()).isEqualTo(Files.readString(PAGE));
    }
  }

  @Test
  void unknownType_is404() throws IOException {
    assertThat(ProblemEndpoints.section("no-such")).isEmpty();
    assertThat(ProblemEndpoints.section(".*")).isEmpty();
  }
}
