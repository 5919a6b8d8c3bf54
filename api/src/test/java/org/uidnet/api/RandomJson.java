package org.uidnet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that a schema of the OpenAPI document allows, and values that look like them. */
final class RandomJson {
  /** Also what breaks shells, pages, terminals, numbers and databases. */
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "eth0",
          "oem-deny-1",
          "night",
          "1000",
          "2h",
          "-1d",
          "2027-01-01T00:00:00Z",
          "192.0.2.1",
          "10.0.0.0/8",
          "[::1]:80",
          "Europe/Berlin",
          "P7D",
          "22:00",
          "' OR 1=1 --",
          "<script>alert(1)</script>",
          "\u001b[31m\u202e\0",
          "../../etc/passwd",
          "ünïcödé 漢字 🚀",
          "x".repeat(10_000));

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;
  private final JsonNode schemas;

  /**
   * @param document with the schemas that others refer to
   */
  RandomJson(Random random, JsonNode document) {
    this.random = random;
    schemas = document.path("components").path("schemas");
  }

  String text() {
    return one(TEXTS);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean chance() {
    return random.nextBoolean();
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : schemas.path(reference.replaceAll(".*/", ""));
  }

  JsonNode valid(JsonNode unresolved) {
    JsonNode schema = resolved(unresolved);
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    return switch (schema.path("type").asText()) {
      case "boolean" -> JSON.booleanNode(chance());
      case "integer" -> JSON.numberNode(number(schema));
      case "string" -> JSON.textNode(text());
      case "array" -> array(schema);
      case "object" -> object(schema);
      default -> one(List.of(JSON.textNode(text()), JSON.numberNode(7), JSON.objectNode()));
    };
  }

  /** Often at an end of what is allowed. */
  private long number(JsonNode schema) {
    long most = schema.path("format").asText().equals("int32") ? Integer.MAX_VALUE : Long.MAX_VALUE;
    long max = schema.path("maximum").asLong(most);
    long min = schema.path("minimum").asLong(-max);
    return one(List.of(min, max, Math.max(min, 0L), 1L, 1000L, random.nextLong(1, 100_000)));
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = JSON.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(valid(schema.path("items")));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    for (var property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || chance()) {
        object.set(property.getKey(), valid(property.getValue()));
      }
    }
    return object;
  }

  /** A valid object with one mistake, which is not always one the schema knows. */
  JsonNode damaged(JsonNode schema) {
    ObjectNode object = (ObjectNode) valid(schema);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || random.nextInt(4) == 0) {
      return object.put("unknown" + random.nextInt(9), 1);
    }
    String name = one(names);
    return chance() ? object.without(name) : object.set(name, unlike(object.get(name)));
  }

  private JsonNode unlike(JsonNode value) {
    return one(
        List.of(
            value.isTextual() ? JSON.numberNode(7) : JSON.textNode("x"),
            JSON.arrayNode().add(JSON.arrayNode()),
            JSON.objectNode().put("a", 1),
            JSON.numberNode(-1),
            JSON.numberNode(4294967295L),
            JSON.numberNode(1.5)));
  }
}
