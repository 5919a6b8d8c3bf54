package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged document is what the routes and records of today make. After a change of them
 * describe new routes in {@code operations.txt}, new parameters in {@code parameters.txt}, and
 * write it:
 *
 * <pre>mvn -pl api -am test -Dtest=OpenApiTest -Dopenapi.write</pre>
 */
class OpenApiTest {
  private static final Path PACKAGED = Path.of("src/main/resources/org/uidnet/api/openapi.json");

  @TempDir Path dir;
  private TestServer server;
  private final List<Operation> operations = Operation.all();

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void everyRoute_isDescribed_andNothingElse() {
    assertThat(operations.stream().map(Operation::toString))
        .as("operations.txt")
        .containsExactlyInAnyOrderElementsOf(
            server.routes().stream().map(route -> route.method() + " " + route.path()).toList());
  }

  @Test
  void packaged_isWhatTheRoutesMake() throws IOException {
    ObjectNode made = OpenApiDocument.of(server.routes(), operations);
    String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(made);
    if (System.getProperty("openapi.write") != null) {
      Files.writeString(PACKAGED, text + "\n");
    }

    assertThat(Files.readString(PACKAGED))
        .as("openapi.json is stale: mvn -pl api -am test -Dtest=OpenApiTest -Dopenapi.write")
        .isEqualTo(text + "\n");
  }

  @Test
  void served_itIsThePackagedOne() throws IOException {
    var reply = server.get(1234, "/openapi.json");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/json");
    assertThat(reply.json()).isEqualTo(new ObjectMapper().readTree(PACKAGED.toFile()));
  }

  @Test
  void examples_areTaken() throws IOException {
    for (Operation operation : operations) {
      for (String example : operation.examples()) {
        var reply = server.send(operation.method(), target(operation), example);

        assertThat(reply.status()).as("%s %s: %s", operation, example, reply.body()).isEqualTo(200);
      }
    }
  }

  private static String target(Operation operation) {
    return operation
        .path()
        .replace("{uid}", "1000")
        .replace("{chain}", "oem-deny-1")
        .replace("{name}", "power-save")
        .replace("{iface}", "eth0")
        .replace("{id}", "mobile");
  }

  /** Of what an example has, what must be there is missed, and nothing else is. */
  @Test
  void requiredFields_areThoseThatAreMissed() throws IOException {
    for (Operation operation : operations) {
      for (String example : operation.examples()) {
        ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(example);
        for (String field : names(whole)) {
          String rest = whole.deepCopy().without(field).toString();
          var reply = server.send(operation.method(), target(operation), rest);

          assertThat(reply.json().path("detail").asText().matches("Field '.*' is missing."))
              .as("%s %s: %s", operation, rest, reply.body())
              .isEqualTo(operation.required().contains(field));
        }
        assertThat(names(whole)).as(operation.toString()).containsAll(operation.required());
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
