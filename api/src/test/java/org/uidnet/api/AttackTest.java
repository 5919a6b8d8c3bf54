package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is sent to harm, and what it gets; Host, Origin and tokens are {@link TcpGateTest}'s,
 * numbers of connections and requests {@link LimitsTest}'s.
 */
class AttackTest {
  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir, TestServer.UNLIMITED);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** A page of another site whose name was made to lead to us, with the user's browser. */
  @Test
  void reboundPage_learnsNothing_evenWithASession() throws IOException {
    String session = server.session(0, "{}");

    var read = server.tcp("GET", "/v1/status", session, "Host: evil.example:8477");
    var login = server.login("code", "Host: evil.example:8477");

    assertThat(read.status()).isEqualTo(421);
    assertThat(login.status()).isEqualTo(421);
    assertThat(read.header("Content-Type")).contains("application/problem+json");
  }

  /** Pages of other sites can send forms and simple requests without asking first. */
  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "*/*"})
  void simpleRequestOfAnotherSite_changesNothing(String contentType) throws IOException {
    String body = "Content-Length: 16\r\n\r\n{\"enabled\":true}";

    var foreign =
        server.tcp(
            "PUT",
            "/v1/firewall/chains/dozable",
            server.bearer(),
            "Origin: http://evil.example",
            "Content-Type: " + contentType,
            body);
    var own =
        server.tcp(
            "PUT",
            "/v1/firewall/chains/dozable",
            server.bearer(),
            "Content-Type: " + contentType,
            body);

    assertThat(foreign.status()).isEqualTo(403);
    assertThat(own.status()).isEqualTo(415);
    assertThat(server.firewall.changes).isEmpty();
  }

  @Test
  void preflight_isToldNothingThatABrowserWouldTakeForLeave() throws IOException {
    for (String origin : new String[] {"http://evil.example", "http://" + server.http()}) {
      var reply =
          server.tcp(
              "OPTIONS", "/v1/status", "Origin: " + origin, "Access-Control-Request-Method: PUT");

      assertThat(reply.status()).isIn(401, 403);
      assertThat(reply.head()).doesNotContainIgnoringCase("Access-Control-Allow");
    }
  }

  @Test
  void cookies_areNeitherReadNorSet() throws IOException {
    var reply = server.tcp("GET", "/v1/status", "Cookie: token=" + server.token());

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("Set-Cookie")).isEmpty();
  }

  @Test
  void token_inTheUrl_isNotLookedAt() throws IOException {
    assertThat(server.tcp("GET", "/v1/status?token=" + server.token()).status()).isEqualTo(401);
    assertThat(server.tcp("GET", "/v1/status?access_token=" + server.token()).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /../../etc/passwd                           | 400
          /v1/../../etc/passwd                        | 400
          /v1/%2e%2e/%2e%2e/etc/passwd                | 400
          /v1/..%2f..%2fetc%2fpasswd                  | 404
          /v1/%252e%252e/etc/passwd                   | 400
          /v1/..;/admin                               | 400
          /v1/;/status                                | 400
          //v1/status                                 | 400
          /v1//status                                 | 400
          /v1/status/                                 | 404
          /v1/status%00                               | 400
          /v1/\\..\\..\\etc                           | 400
          /V1/STATUS                                  | 404
          /v1/status%20                               | 404
          /v1/%c0%ae%c0%ae/status                     | 400
          /v1/firewall/chains/..%2fdozable            | 404
          http://127.0.0.1/v1/status                  | 400
          *                                           | 400
          v1/status                                   | 400
          """)
  void traversal_findsNothing(String target, int status) throws IOException {
    var reply = server.unix(0, "GET", target);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    assertThat(reply.body()).doesNotContain("root:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no HTTP at all                  | GARBAGE                                                                                   | 400
          no version                      | GET /v1/health                                                                            | 505
          version of the future           | GET /v1/health HTTP/3.0~Host: x                                                           | 505
          no host                         | GET /v1/health HTTP/1.1                                                                   | 400
          two hosts                       | GET /v1/health HTTP/1.1~Host: x~Host: y                                                   | 400
          no header name                  | GET /v1/health HTTP/1.1~Host: x~: y                                                       | 400
          space before the colon          | GET /v1/health HTTP/1.1~Host: x~Content-Length : 5                                        | 400
          folded header                   | GET /v1/health HTTP/1.1~Host: x~A: b~ c                                                   | 400
          two lengths                     | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Length: 2~Content-Length: 3                  | 400
          length and chunks               | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Length: 2~Transfer-Encoding: chunked         | 400
          unknown encoding                | POST /v1/usage/poll HTTP/1.1~Host: x~Transfer-Encoding: zip                               | 400
          negative length                 | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Length: -1                                   | 400
          length beyond numbers           | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Length: 99999999999999999999                 | 400
          length that is a word           | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Length: ten                                  | 400
          chunk that is none              | POST /v1/usage/poll HTTP/1.1~Host: x~Content-Type: application/json~Transfer-Encoding: chunked~~zz~ | 400
          unknown method                  | FETCH /v1/health HTTP/1.1~Host: x                                                         | 405
          method that looks                | CONNECT evil.example:80 HTTP/1.1~Host: x                                                 | 400
          trace of our own headers        | TRACE /v1/health HTTP/1.1~Host: x                                                         | 405
          """)
  void malformedRequest_isRefused(String what, String request, int status) throws IOException {
    server.peer = OptionalLong.of(0);
    try (SocketChannel channel = server.connectUnix()) {
      String text = request.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n";

      var reply = HttpText.send(channel, text);

      assertThat(reply.status()).as(what).isEqualTo(status);
      assertThat(reply.header("Content-Type")).contains("application/problem+json");
      assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void headersWithoutEnd_are431() throws IOException {
    assertThat(server.tcp("GET", "/v1/health", "X: " + "x".repeat(9000)).status()).isEqualTo(431);
    assertThat(server.tcp("GET", "/v1/health", "A: b\r\n".repeat(2000).strip()).status())
        .isEqualTo(431);
  }

  @Test
  void urlWithoutEnd_is414() throws IOException {
    assertThat(server.tcp("GET", "/v1/" + "x".repeat(9000)).status()).isEqualTo(414);
  }

  /** Interfaces need not be there, and their names may have slashes: they are never files. */
  @Test
  void nameThatLooksLikeAPath_isAName() throws IOException {
    var reply = server.unix(0, "GET", "/v1/interfaces/..%2f..%2fetc%2fpasswd");

    assertThat(reply.json().path("iface").asText()).isEqualTo("../../etc/passwd");
    assertThat(reply.body()).doesNotContain("root:");
  }
}
