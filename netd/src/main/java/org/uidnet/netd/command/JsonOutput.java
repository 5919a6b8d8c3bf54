package org.uidnet.netd.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.uidnet.api.model.Json;

/** JSON for {@code --json}: in ASCII, so that names in it cannot steer a terminal. */
final class JsonOutput {
  private static final ObjectWriter LINE =
      Json.LENIENT.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
  private static final ObjectWriter PRETTY = LINE.withDefaultPrettyPrinter();

  private JsonOutput() {}

  static String pretty(JsonNode value) {
    return write(PRETTY, value);
  }

  static String line(JsonNode value) {
    return write(LINE, value);
  }

  private static String write(ObjectWriter writer, JsonNode value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }
}
