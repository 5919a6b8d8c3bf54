package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndpointsTest {
  private static final String TOKENS = "/v1/tokens";

  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void made_itIsToldOnce_andStoredByItsHash() throws IOException {
    var made = server.send("POST", TOKENS, "{\"name\":\"grafana\"}").json();
    var listed = server.get(0, TOKENS);

    String secret = made.path("token").asText();
    assertThat(secret).matches("[A-Za-z0-9_-]{43}");
    assertThat(server.firewall.tokens().get(0).hash()).isEqualTo(Secret.hash(secret));
    assertThat(listed.body())
        .isEqualTo(
            "{\"tokens\":[{\"id\":1,\"name\":\"grafana\",\"createdAt\":\"2026-03-01T12:00:05Z\"}]}");
  }

  @Test
  void end_isAskedForAsADurationOrATime() throws IOException {
    server.send("POST", TOKENS, "{\"name\":\"a\",\"for\":\"30d\"}");
    server.send("POST", TOKENS, "{\"name\":\"b\",\"until\":\"2027-01-01T00:00:00Z\"}");

    assertThat(server.get(0, TOKENS).json().findValuesAsText("expiresAt"))
        .containsExactly("2026-03-31T12:00:05.123Z", "2027-01-01T00:00:00Z");
  }

  @Test
  void badRequests_makeNone() throws IOException {
    for (String body :
        new String[] {
          "{}",
          "{\"name\":\"\"}",
          "{\"name\":7}",
          "{\"name\":\"a\",\"for\":\"soon\"}",
          "{\"name\":\"a\",\"for\":\"1h\",\"until\":\"now\"}",
          "{\"name\":\"a\",\"until\":\"reboot\"}",
          "{\"name\":\"a\",\"until\":\"2020-01-01T00:00:00Z\"}",
          "{\"name\":\"a\",\"role\":\"ADMIN\"}"
        }) {
      assertThat(server.send("POST", TOKENS, body).status()).as(body).isEqualTo(400);
    }
    assertThat(server.firewall.tokens()).isEmpty();
  }

  @Test
  void reader_seesEverything_andChangesNothing() throws IOException {
    String bearer = server.reader();

    assertThat(server.tcp("GET", "/v1/status", bearer).status()).isEqualTo(200);
    assertThat(server.tcp("GET", "/v1/usage/summary?uid=self", bearer).status()).isEqualTo(400);
    assertThat(server.tcp("POST", "/v1/usage/poll", bearer).status()).isEqualTo(403);
    assertThat(server.tcp("GET", TOKENS, bearer).status()).isEqualTo(403);
  }

  @Test
  void revoked_itIsGoodForNothing() throws IOException {
    String bearer = server.reader();

    assertThat(server.unix(0, "DELETE", TOKENS + "/1").json().path("changed").asBoolean()).isTrue();
    assertThat(server.tcp("GET", "/v1/status", bearer).status()).isEqualTo(401);
    assertThat(server.unix(0, "DELETE", TOKENS + "/1").json().path("changed").asBoolean())
        .isFalse();
    assertThat(server.unix(0, "DELETE", TOKENS + "/x?strict=true").status()).isEqualTo(404);
  }

  @Test
  void revoked_itsStreamsEnd() throws IOException {
    String bearer = server.reader();
    try (SocketChannel stream = server.connect()) {
      HttpText.write(
          stream, HttpText.request("GET", "/v1/events", bearer, "Host: " + server.http()));
      assertThat(HttpText.firstBytes(stream, 12)).isEqualTo("HTTP/1.1 200");

      server.unix(0, "DELETE", TOKENS + "/1");

      assertThat(HttpText.rest(stream)).contains("text/event-stream"); // and then the end
    }
  }
}
