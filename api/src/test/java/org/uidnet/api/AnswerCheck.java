package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares what the server answers with the packaged OpenAPI document, in every test that asks it.
 * Stricter than a client should be: what the document does not tell of is a mistake too.
 */
final class AnswerCheck {
  private static final int NOT_MODIFIED = 304;
  private static final JsonNode DOCUMENT = read();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private AnswerCheck() {}

  private static JsonNode read() {
    try (InputStream in = AnswerCheck.class.getResourceAsStream("openapi.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What is not JSON is compared by its type only. */
  static void check(String method, String target, HttpText.Reply reply) {
    if (reply.status() == NOT_MODIFIED) {
      return;
    }
    String media = reply.header("Content-Type").orElse("none").replaceAll(";.*", "");
    if (reply.status() >= 300) {
      assertThat(media).as(target).isEqualTo("application/problem+json");
      checkBody("ProblemDetail", method, target, reply);
      return;
    }
    JsonNode content = operation(method, target).path("responses").path("200").path("content");
    assertThat(content.has(media)).as("%s of %s %s", media, method, target).isTrue();
    String reference = content.path(media).path("schema").path("$ref").asText();
    if (!reference.isEmpty()) {
      checkBody(reference.replaceAll(".*/", ""), method, target, reply);
    }
  }

  private static void checkBody(String schema, String method, String target, HttpText.Reply reply) {
    if (!method.equals("HEAD")) {
      assertThat(schema(schema).validate(reply.json()))
          .as("%s %s: %s is no %s", method, target, reply.body(), schema)
          .isEmpty();
    }
  }

  /** The schema of that name in the document. */
  static JsonSchema schema(String name) {
    return SCHEMAS.computeIfAbsent(name, AnswerCheck::load);
  }

  private static JsonSchema load(String name) {
    ObjectNode root = DOCUMENT.deepCopy();
    root.path("components").path("schemas").forEach(AnswerCheck::close);
    root.put("$ref", "#/components/schemas/" + name);
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(
            root,
            SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .build());
  }

  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  private static JsonNode operation(String method, String target) {
    String path = target.replaceAll("\\?.*", "");
    String verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return template(path)
        .map(template -> DOCUMENT.path("paths").path(template).path(verb))
        .filter(JsonNode::isObject)
        .orElseThrow(() -> new AssertionError(method + " " + target + " is not in openapi.json"));
  }

  /** Words win over variables. */
  private static Optional<String> template(String path) {
    Iterator<String> all = DOCUMENT.path("paths").fieldNames();
    return Stream.iterate(all, Iterator::hasNext, names -> names)
        .map(Iterator::next)
        .filter(template -> matches(template, path))
        .min(Comparator.comparing(template -> template.split("\\{", -1).length));
  }

  private static boolean matches(String template, String path) {
    List<String> words = List.of(template.split("/", -1));
    String pattern =
        String.join(
            "/",
            words.stream()
                .map(word -> word.startsWith("{") ? "[^/]+" : Pattern.quote(word))
                .toList());
    return path.matches(pattern);
  }
}
