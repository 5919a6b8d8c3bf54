package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps other machines, other users and web pages out of the TCP port. */
class TcpGateTest {
  private static final String TARGET = "/v1/health";

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
  void host_thatIsNotOurs_is421() throws IOException {
    for (String host :
        new String[] {
          "evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:" + server.http().port()
        }) {
      var reply = server.tcp("GET", TARGET, server.bearer(), "Host: " + host);

      assertThat(reply.status()).as(host).isEqualTo(421);
      assertThat(reply.detail())
          .isEqualTo(
              "This server does not answer under the request's Host; it is 127.0.0.1:%d or"
                  + " localhost:%d.",
              server.http().port(), server.http().port());
    }
  }

  @Test
  void host_asLocalhost_isOurs() throws IOException {
    String host = "Host: LocalHost:" + server.http().port();

    assertThat(server.tcp("GET", TARGET, server.bearer(), host).status()).isEqualTo(200);
  }

  @Test
  void host_comesBeforeTheToken() throws IOException {
    assertThat(server.tcp("GET", TARGET, "Host: evil.example").status()).isEqualTo(421);
  }

  @Test
  void targetWithAnotherAuthority_isRefused() throws IOException {
    assertThat(server.tcp("GET", "http://evil.example" + TARGET, server.bearer()).status())
        .isIn(400, 421);
  }

  @Test
  void origin_foreign_is403() throws IOException {
    for (String origin :
        new String[] {"https://evil.example", "null", "http://127.0.0.1", "http://localhost:1"}) {
      var reply = server.tcp("GET", TARGET, server.bearer(), "Origin: " + origin);

      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertThat(reply.detail()).isEqualTo("Pages of other origins may not use this server.");
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void origin_ours_passes() throws IOException {
    String origin = "Origin: http://" + server.http();

    assertThat(server.tcp("GET", TARGET, server.bearer(), origin).status()).isEqualTo(200);
  }

  @Test
  void noToken_asksForOne() throws IOException {
    var reply = server.tcp("GET", TARGET);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    assertThat(reply.detail())
        .isEqualTo(
            "Send 'Authorization: Bearer' with the content of admin.token or another token, open"
                + " the page by uidnet open, or use the unix socket.");
  }

  @Test
  void wrongToken_isNotEchoed() throws IOException {
    for (String authorization :
        new String[] {
          "Bearer wrong-secret", "Bearer", "Basic wrong-secret", "Bearer " + server.token() + "x"
        }) {
      var reply = server.tcp("GET", TARGET, "Authorization: " + authorization);

      assertThat(reply.status()).as(authorization).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
      assertThat(reply.body()).doesNotContain("wrong-secret").doesNotContain(server.token());
    }
  }

  @Test
  void twoTokens_areRefused() throws IOException {
    assertThat(server.tcp("GET", TARGET, server.bearer(), server.bearer()).status()).isEqualTo(401);
  }

  @Test
  void scheme_isCaseInsensitive() throws IOException {
    assertThat(server.tcp("GET", TARGET, "Authorization: bearer " + server.token()).status())
        .isEqualTo(200);
  }
}
