package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Lines on {@code tag.sock}: whatever the text is, the answer is one line, a tagged socket or a
 * problem as the OpenAPI document has them, and never that the daemon failed.
 */
class TagLineFuzzTest extends FuzzContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  TagLineFuzzTest() {
    super("tag-line", 1000, TagLineFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    TagLines lines = new TagLines(new FakeTags(), Set.of());
    String line = new String(input, StandardCharsets.UTF_8);
    String answer = lines.answer(OptionalLong.of(1000), OptionalInt.of(9), line);
    assertThat(answer).doesNotContain("\n");
    JsonNode json = JSON.readTree(answer);
    String schema = json.has("status") ? "ProblemDetail" : "TaggedSocket";
    assertThat(AnswerCheck.schema(schema).validate(json)).as(answer).isEmpty();
    assertThat(json.path("status").asInt()).isLessThan(500);
  }
}
