package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that nobody thought of, to every route: the answer is always one that the OpenAPI
 * document tells of ({@link AnswerCheck}), and never that the server failed.
 */
class ContractPropertyTest {
  private static final int ROUNDS = 20;
  private static final String JSON = "Content-Type: application/json";
  private static final List<String> UIDS =
      List.of("0", "1000", "self", "4294967294", "4294967295", "-1", "x", "1e3", "%00", "7%2f8");
  private static final List<String> NAMES =
      List.of(
          "mobile", "oem-deny-1", "dozable", "power-save", "eth0", "%2e%2e", "%2e", "a%20b", "7");

  @TempDir Path dir;
  private TestServer server;
  private JsonNode document;
  private List<Operation> operations;
  private RandomJson random;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir, TestServer.UNLIMITED);
    document =
        new ObjectMapper()
            .readTree(Objects.requireNonNull(getClass().getResourceAsStream("openapi.json")));
    operations = Operation.all();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** All requests of a seed. */
  private interface Property {
    void check(Operation operation, String what) throws IOException;
  }

  private void forEachSeed(Property property) throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      random = new RandomJson(new Random(seed), document);
      for (Operation operation : operations) {
        property.check(operation, "seed " + seed + ", " + operation);
      }
    }
  }

  @Test
  void anyRequest_isAnsweredAsTheDocumentSays() throws IOException {
    int[] statuses = new int[600];
    forEachSeed(
        (operation, what) -> {
          var reply = send(operation, target(operation), body(operation));

          assertThat(reply.status()).as("%s: %s", what, reply.body()).isLessThan(500);
          statuses[reply.status()]++;
        });

    assertThat(statuses[200]).as("answered").isGreaterThan(ROUNDS * operations.size() / 4);
    assertThat(statuses[400]).as("refused").isGreaterThan(ROUNDS * operations.size() / 10);
  }

  @Test
  void bodyThatTheSchemaRefuses_isRefused_andChangesNothing() throws IOException {
    int[] refused = {0};
    forEachSeed(
        (operation, what) -> {
          if (schema(operation).isMissingNode()) {
            return;
          }
          JsonNode body = random.damaged(schema(operation));
          if (requestSchema(operation).validate(body).isEmpty()) {
            return; // the damage was none
          }
          List<Object> before = changes();
          var reply = send(operation, plainTarget(operation), body.toString());

          // A code is told to be wrong before anything else is said of it.
          assertThat(reply.status()).as("%s %s: %s", what, body, reply.body()).isIn(400, 401);
          assertThat(changes()).as("%s %s", what, body).isEqualTo(before);
          refused[0]++;
        });

    assertThat(refused[0]).isGreaterThan(300);
  }

  @Test
  void bytesThatAreNoJson_areRefused_andChangeNothing() throws IOException {
    for (Operation operation : operations) {
      if (operation.method().equals("GET") || isFile(operation)) {
        continue;
      }
      for (String body :
          List.of("{", "[]", "nul", "\u0000", "{\"a\":1}{", "7", "{\"a\":1,\"a\":2}")) {
        List<Object> before = changes();
        var reply = send(operation, plainTarget(operation), body);

        assertThat(reply.status()).as("%s %s: %s", operation, body, reply.body()).isEqualTo(400);
        assertThat(changes()).isEqualTo(before);
      }
    }
  }

  @Test
  void unknownParameters_areRefused_andChangeNothing() throws IOException {
    for (Operation operation : operations) {
      List<Object> before = changes();
      var reply = send(operation, plainTarget(operation) + "?unknown=1", "");

      assertThat(reply.status()).as("%s: %s", operation, reply.body()).isEqualTo(400);
      assertThat(changes()).isEqualTo(before);
    }
  }

  /** As root; of what would never end only the head. */
  private HttpText.Reply send(Operation operation, String target, String body) throws IOException {
    String method = isStream(operation) ? "HEAD" : operation.method();
    if (body.isEmpty()) {
      return server.unix(0, method, target);
    }
    String length = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
    return server.unix(0, method, target, JSON, length + "\r\n\r\n" + body);
  }

  private static boolean isStream(Operation operation) {
    return operation.answers().media().contains("text/event-stream");
  }

  private static boolean isFile(Operation operation) {
    return operation.takes().filter(content -> content.type().isEmpty()).isPresent();
  }

  private String body(Operation operation) {
    JsonNode schema = schema(operation);
    return schema.isMissingNode() ? "" : random.valid(schema).toString();
  }

  private JsonNode schema(Operation operation) {
    return operationNode(operation)
        .path("requestBody")
        .path("content")
        .path("application/json")
        .path("schema");
  }

  private JsonSchema requestSchema(Operation operation) {
    return AnswerCheck.schema(schema(operation).path("$ref").asText().replaceAll(".*/", ""));
  }

  private JsonNode operationNode(Operation operation) {
    return document
        .path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  /** With any values of variables and parameters. */
  private String target(Operation operation) {
    List<String> parameters = new ArrayList<>();
    for (JsonNode parameter : operationNode(operation).path("parameters")) {
      if (parameter.path("in").asText().equals("query") && random.chance() && random.chance()) {
        String value = random.valid(parameter.path("schema")).asText();
        parameters.add(
            parameter.path("name").asText()
                + "="
                + URLEncoder.encode(value.length() > 100 ? "x" : value, StandardCharsets.UTF_8));
      }
    }
    String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return path(operation, random.one(UIDS), random.one(NAMES)) + query;
  }

  /** With values that are all right. */
  private static String plainTarget(Operation operation) {
    String name = operation.path().contains("allowlists") ? "power-save" : "oem-deny-1";
    return path(operation, "1000", name);
  }

  private static String path(Operation operation, String uid, String name) {
    return operation.path().replace("{uid}", uid).replaceAll("\\{\\w+}", name);
  }

  /** All that the fakes were told to change. */
  private List<Object> changes() {
    return List.of(
        List.copyOf(server.firewall.changes),
        List.copyOf(server.tags.calls),
        List.copyOf(server.usage.operations),
        List.copyOf(server.usage.removed),
        List.copyOf(server.usage.foreground),
        List.copyOf(server.usage.alerts()),
        server.usage.imported.keySet().stream().sorted().toList());
  }
}
