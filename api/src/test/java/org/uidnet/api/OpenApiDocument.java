package org.uidnet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.uidnet.api.model.ProblemDetail;

/** Makes the OpenAPI document from the table of routes, the records, and what is said of both. */
final class OpenApiDocument {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Schemas schemas = new Schemas();
  private final ObjectNode document = MAPPER.createObjectNode();

  private OpenApiDocument() {
    for (String line : Operation.lines("parameters.txt")) {
      String[] columns = line.split(" \\| ", 3);
      parameters.put(columns[0].strip(), new Parameter(columns[1].strip(), columns[2].strip()));
    }
  }

  /**
   * A parameter as {@code parameters.txt} describes it.
   *
   * @param schema as JSON
   */
  private record Parameter(String schema, String description) {}

  static ObjectNode of(List<Route> routes, List<Operation> operations) {
    OpenApiDocument made = new OpenApiDocument();
    made.head();
    ObjectNode paths = made.document.putObject("paths");
    for (Operation operation : operations) {
      Route route = routes.stream().filter(operation::isOf).findFirst().orElseThrow();
      ObjectNode path =
          paths.withObject("/" + operation.path().replace("~", "~0").replace("/", "~1"));
      path.set(operation.method().toLowerCase(Locale.ROOT), made.operation(route, operation));
    }
    made.components();
    return made.document;
  }

  private void head() {
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "uidnet")
        .put("version", "1")
        .put(
            "description",
            "Per-UID network accounting and firewall. Over the unix socket api.sock the caller is who"
                + " the kernel says; over TCP, on loopback only, it brings a bearer token. Bytes and"
                + " packets are integers up to 2^63-1, times RFC 3339 in UTC. Version 1 only grows:"
                + " ignore fields that you do not know.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "http://127.0.0.1:8477");
    document
        .putArray("security")
        .add(MAPPER.createObjectNode().set("bearer", MAPPER.createArrayNode()));
  }

  private ObjectNode operation(Route route, Operation operation) {
    ObjectNode made = MAPPER.createObjectNode();
    made.put("operationId", id(operation));
    made.put("summary", operation.summary());
    made.put("description", "Who may: " + who(route.access()) + ".");
    made.putArray("tags").add(tag(operation.path()));
    if (route.access() == Access.PUBLIC) {
      made.putArray("security");
    }
    ArrayNode given = MAPPER.createArrayNode();
    VARIABLE
        .matcher(route.path())
        .results()
        .forEach(found -> given.add(parameter(route, found.group(), "path")));
    new TreeSet<>(route.parameters()).forEach(name -> given.add(parameter(route, name, "query")));
    if (!given.isEmpty()) {
      made.set("parameters", given);
    }
    operation.takes().ifPresent(content -> made.set("requestBody", body(operation, content)));
    made.set("responses", responses(operation));
    return made;
  }

  /** The first word of the path. */
  private static String tag(String path) {
    return path.equals("/") ? "dashboard" : path.replace("/v1/", "/").split("/")[1];
  }

  /** Such as {@code putFirewallChainsByChain}. */
  private static String id(Operation operation) {
    StringBuilder id = new StringBuilder(operation.method().toLowerCase(Locale.ROOT));
    for (String word : operation.path().replace("/v1", "").split("[/.-]")) {
      String name = word.replaceAll("[{}]", "");
      if (!name.isEmpty()) {
        id.append(word.startsWith("{") ? "By" : "")
            .append(Character.toUpperCase(name.charAt(0)))
            .append(name.substring(1));
      }
    }
    return id.length() > operation.method().length() ? id.toString() : id + "Dashboard";
  }

  private static String who(Access access) {
    return switch (access) {
      case PUBLIC -> "everybody";
      case OPEN_ON_SOCKET -> "everybody on the unix socket; over TCP whoever has a token";
      case ANY_UID_OWN -> "who sees all; any UID that asks about itself only, uid=self";
      case OWN_UID_IN_PATH -> "who sees all; any UID about itself, self in the place of the UID";
      case ANY_UID -> "any UID, and whoever has a token";
      case ANY_UID_CHANGES -> "any UID, for what is its own; not read-only tokens and sessions";
      case ANY_UID_ON_SOCKET -> "any UID, on the unix socket only";
      case SEES_ALL -> "root, configured admins, and whoever has a token";
      case ADMIN -> "root, configured admins, their sessions, and the admin token";
      case ADMIN_ON_SOCKET -> "root and configured admins, on the unix socket only";
    };
  }

  private ObjectNode parameter(Route route, String name, String in) {
    Parameter parameter = parameters.getOrDefault(route.path() + "#" + name, parameters.get(name));
    if (parameter == null) {
      throw new AssertionError(
          "parameters.txt does not describe '" + name + "' of " + route.path());
    }
    ObjectNode made = MAPPER.createObjectNode();
    made.put("name", name.replaceAll("[{}]", "")).put("in", in);
    if (in.equals("path")) {
      made.put("required", true);
    }
    made.put("description", parameter.description());
    made.set("schema", read(parameter.schema()));
    return made;
  }

  private ObjectNode body(Operation operation, Operation.Content content) {
    ObjectNode body = MAPPER.createObjectNode().put("required", !operation.optional());
    ObjectNode media = content(body, content);
    content
        .type()
        .ifPresent(type -> media.set("schema", schemas.ofRequest(type, operation.required())));
    if (!operation.examples().isEmpty()) {
      media.set("example", read(operation.examples().get(0)));
    }
    return body;
  }

  private ObjectNode responses(Operation operation) {
    ObjectNode responses = MAPPER.createObjectNode();
    content(
        responses.putObject("200").put("description", operation.summary()), operation.answers());
    responses.putObject("4XX").put("$ref", "#/components/responses/Problem");
    responses.putObject("5XX").put("$ref", "#/components/responses/Problem");
    return responses;
  }

  /** The last media type of a content. */
  private ObjectNode content(ObjectNode of, Operation.Content content) {
    ObjectNode all = of.putObject("content");
    ObjectNode last = all;
    for (String media : content.media()) {
      last = all.putObject(media);
    }
    if (content.type().isPresent()) {
      last.set("schema", schemas.of(content.type().get()));
    }
    return last;
  }

  private void components() {
    ObjectNode components = document.putObject("components");
    ObjectNode problem = components.putObject("responses").putObject("Problem");
    problem.put("description", "What was refused, why, and what to do instead");
    problem
        .putObject("content")
        .putObject("application/problem+json")
        .set("schema", schemas.of(ProblemDetail.class));
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            "description",
            "The admin token of the state directory, a read-only token, or that of a session."
                + " On the unix socket none is looked at.");
    components.set("schemas", schemas.all());
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
