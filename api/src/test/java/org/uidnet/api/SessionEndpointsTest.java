package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.FirewallException;

/** How a page gets in, and what it may then. */
class SessionEndpointsTest {
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

  private String code(long uid) throws IOException {
    return server.unix(uid, "POST", "/v1/session/codes").json().path("code").asText();
  }

  @Test
  void code_comesWithTheUrlOfThePage() throws IOException {
    var reply = server.unix(0, "POST", "/v1/session/codes");

    assertThat(reply.status()).isEqualTo(200);
    String code = reply.json().path("code").asText();
    assertThat(code).matches("[A-Za-z0-9_-]{43}");
    assertThat(reply.json().path("url").asText())
        .isEqualTo("http://" + server.http() + "/#code=" + code);
    assertThat(reply.json().path("role").asText()).isEqualTo("ADMIN");
  }

  @Test
  void session_isToldWhoItIs() throws IOException {
    String token = server.login(code(1234)).json().path("token").asText();

    var reply = server.tcp("GET", "/v1/session", "Authorization: Bearer " + token);

    assertThat(reply.body()).isEqualTo("{\"role\":\"USER\",\"uid\":1234}");
    assertThat(server.tcp("GET", "/v1/session", server.bearer()).body())
        .isEqualTo("{\"role\":\"ADMIN\"}");
  }

  @Test
  void code_isExchangedOnce() throws IOException {
    String code = code(0);

    var first = server.login(code);
    var second = server.login(code);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().fieldNames())
        .toIterable()
        .containsExactly("token", "expiresAt", "role", "uid");
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.detail())
        .isEqualTo(
            "This code is not valid: each opens one session, within 90 seconds. uidnet open makes"
                + " another.");
    assertThat(second.body()).doesNotContain(code);
  }

  @Test
  void session_ofRoot_mayDoWhatRootMay_andIsAuditedAsRoots() throws IOException {
    String bearer = server.session(0, "{}");

    assertThat(server.tcp("GET", "/v1/status", bearer).status()).isEqualTo(200);
    assertThat(server.tcp("GET", "/v1/usage/summary?uid=self", bearer).status()).isEqualTo(200);
    assertThat(server.tcp("PUT", "/v1/firewall/lockdown/uids/7", bearer).status()).isEqualTo(200);
    assertThat(server.firewall.terms.get(1).by()).isEqualTo(new Author(0, "session", ""));
  }

  @Test
  void session_ofAUser_seesItsOwn() throws IOException {
    String bearer = server.session(1234, "{}");

    assertThat(server.tcp("GET", "/v1/usage/summary?uid=self", bearer).status()).isEqualTo(200);
    assertThat(server.tcp("GET", "/v1/usage/summary", bearer).status()).isEqualTo(403);
    assertThat(server.tcp("GET", "/v1/usage/summary?uid=7", bearer).status()).isEqualTo(403);
  }

  @Test
  void session_thatReads_changesNothing() throws IOException {
    String bearer = server.session(0, "{\"role\":\"READ\"}");

    assertThat(server.tcp("GET", "/v1/status", bearer).status()).isEqualTo(200);
    var refused = server.tcp("PUT", "/v1/firewall/lockdown/uids/7", bearer);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail())
        .isEqualTo(
            "This token or session sees everything and changes nothing; what changes something"
                + " takes the admin token, an admin's session, or the unix socket.");
    assertThat(server.firewall.changes).hasSize(1).first().asString().startsWith("session: READ");
  }

  @Test
  void user_getsNoMoreThanItsOwnRights() throws IOException {
    for (String role : new String[] {"READ", "ADMIN"}) {
      var reply =
          server.send(1234, "POST", "/v1/session/codes", "{\"role\":\"%s\"}".formatted(role));

      assertThat(reply.status()).isEqualTo(403);
    }
    assertThat(server.send("POST", "/v1/session/codes", "{\"role\":\"GOD\"}").detail())
        .isEqualTo("'GOD' is not one of ADMIN, READ, USER.");
  }

  @Test
  void sessionThatHasEnded_isNobodys() throws IOException {
    String bearer = server.session(0, "{}");

    assertThat(server.tcp("DELETE", "/v1/session", bearer).json().path("changed").asBoolean())
        .isTrue();
    assertThat(server.tcp("DELETE", "/v1/session", bearer).status()).isEqualTo(401);
  }

  @Test
  void end_ofWhatIsNoSession_changesNothing() throws IOException {
    var reply = server.tcp("DELETE", "/v1/session", server.bearer());

    assertThat(reply.json().path("changed").asBoolean(true)).isFalse();
  }

  @Test
  void login_isAudited_withoutSecrets() throws IOException {
    String code = code(TestServer.ADMIN_UID);
    String token = server.login(code).json().path("token").asText();

    assertThat(server.firewall.changes).hasSize(1);
    assertThat(server.firewall.changes.get(0))
        .startsWith("session: ADMIN until ")
        .doesNotContain(code)
        .doesNotContain(token);
    assertThat(server.firewall.terms.get(0).by())
        .isEqualTo(new Author(TestServer.ADMIN_UID, "session", ""));
  }

  /** Somebody must look after it. */
  @Test
  void login_whileThePolicyCannotBeStored_succeeds() throws IOException {
    server.firewall.fail(new FirewallException(FirewallException.Cause.STORE, "disk full"));

    assertThat(server.login(code(0)).status()).isEqualTo(200);
  }

  @Test
  void login_ofAnotherOrigin_is403_andTheCodeIsStillGood() throws IOException {
    String code = code(0);

    assertThat(server.login(code, "Origin: http://evil.example").status()).isEqualTo(403);
    assertThat(server.login(code, "Origin: http://" + server.http()).status()).isEqualTo(200);
  }

  @Test
  void login_withoutACode_is401_andWithMoreThanACode_400() throws IOException {
    assertThat(server.tcp("POST", "/v1/session").status()).isEqualTo(401);
    assertThat(server.tcpBody("POST", "/v1/session", "{\"user\":\"root\"}").status())
        .isEqualTo(400);
    assertThat(server.tcpBody("POST", "/v1/session", "{\"code\":7}").status()).isEqualTo(400);
  }
}
