package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.OwnRulesDocument;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * YAML files of rules: whatever the bytes are, a {@link CommandException} names the file and all
 * mistakes, or the document that was read is read again from what it is as JSON, which is YAML.
 */
class RulesFileFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 64;
  private static final ObjectMapper ASCII =
      Json.LENIENT.copy().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);

  RulesFileFuzzTest() {
    super("rules-file", 150, RulesFileFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path file = Files.createTempFile("uidnet-rules", ".yaml");
    try {
      Effort.limited(MEGABYTES, () -> check(Files.write(file, input)));
    } finally {
      Files.delete(file);
    }
  }

  private static void check(Path file) throws IOException {
    OwnRulesDocument document;
    try {
      document = read(file);
    } catch (CommandException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_USAGE);
      assertThat(e).hasMessageStartingWith(file + ": ");
      return;
    }
    JsonNode json = ASCII.valueToTree(document);
    // YAML has no bare DEL, JSON does.
    Files.writeString(file, ASCII.writeValueAsString(json).replace("\u007f", "\\u007f"));
    assertThat(withoutLines(ASCII.valueToTree(read(file)))).isEqualTo(withoutLines(json));
  }

  private static OwnRulesDocument read(Path file) {
    return RulesFile.read(file, name -> Optional.of("1000").filter(uid -> name.length() < 9));
  }

  /** Those of the file that a rule was written in. */
  private static JsonNode withoutLines(JsonNode document) {
    document.findParents("line").forEach(rule -> ((ObjectNode) rule).remove("line"));
    return document;
  }
}
