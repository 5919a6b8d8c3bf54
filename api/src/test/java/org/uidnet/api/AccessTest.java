package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every route with every kind of caller; Android's acceptance cases 18 and 24 (who sees what: there
 * four levels, here all or one's own) and 57 (nobody asks for others' networks).
 */
class AccessTest {
  @TempDir static Path dir;
  private static TestServer server;

  private static final String TABLE =
      """
      method | target                                          | root | admin | other | nobody | token | wrong token | no token
      GET    | /                                               | 200  | 200   | 200   | 200    | 200   | 401         | 200
      GET    | /dashboard/main.js                              | 200  | 200   | 200   | 200    | 200   | 401         | 200
      GET    | /dashboard/none.js                              | 404  | 404   | 404   | 404    | 404   | 401         | 404
      GET    | /v1/health                                      | 200  | 200   | 200   | 200    | 200   | 401         | 401
      GET    | /v1/status                                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary                               | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary?uid=self                      | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/usage/summary?uid=1234                      | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary?uid=1234,self                 | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/usage/summary?uid=1234-1235                 | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary?uid=self&uid=1235             | 200  | 200   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/usage/summary?uid=self,removed              | 200  | 200   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/usage/summary?uid=removed                   | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary?network=home                  | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/summary?uid=self&network=home         | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/usage/history                               | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/history?uid=self                      | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/usage/since-boot                            | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/since-boot?uid=1234                   | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/usage/export                                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/export?uid=self                       | 200  | 200   | 200   | 401    | 400   | 401         | 401
      POST   | /v1/history/vacuum                              | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/backup                                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/truth                                 | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/usage/imports                               | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/usage/imports                               | 400  | 400   | 403   | 401    | 403   | 401         | 401
      POST   | /v1/usage/poll                                  | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/alerts                                      | 200  | 200   | 200   | 401    | 200   | 401         | 401
      POST   | /v1/alerts                                      | 400  | 400   | 400   | 401    | 400   | 401         | 401
      DELETE | /v1/alerts/7                                    | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/chains                             | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/firewall/chains                             | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/chains/dozable                     | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/chains/dozable                     | 400  | 400   | 403   | 401    | 400   | 401         | 401
      DELETE | /v1/firewall/chains/night                       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/chains/dozable/uids                | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/chains/dozable/uids/1234           | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/chains/dozable/uids/1234           | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/uids/1234/verdict                  | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/uids/self/verdict                  | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/uids/1235/verdict                  | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/uids/1234/verdict?owner=1234       | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/uids/1234/verdict?owner=1235       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/uids/01234/verdict                 | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/drops                              | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/drops?uid=self                     | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/drops?uid=1235                     | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/pending                            | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/firewall/pending/c-1/confirm                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/lockdown                           | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/lockdown                           | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/firewall/lockdown/uids/1234                 | 200  | 200   | 403   | 401    | 200   | 401         | 401
      DELETE | /v1/firewall/lockdown/uids/1234                 | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/interface-rules                    | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/interface-rules                    | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/firewall/interface-rules/uids/1234          | 400  | 400   | 403   | 401    | 400   | 401         | 401
      DELETE | /v1/firewall/interface-rules/uids/1234          | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/ingress-discard                    | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/ingress-discard                    | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/firewall/local-network                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/local-network                      | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/firewall/local-network/uids/1234            | 200  | 200   | 403   | 401    | 200   | 401         | 401
      DELETE | /v1/firewall/local-network/uids/1234            | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/firewall/blocked-ports                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/firewall/blocked-ports                      | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/allowlists/metered-allow                    | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/allowlists/metered-allow                    | 400  | 400   | 403   | 401    | 400   | 401         | 401
      POST   | /v1/allowlists/power-save/temporary             | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/allowlists/power-save/uids/7                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      DELETE | /v1/allowlists/power-save/uids/7                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/uids/process-states                         | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/uids/7/process-state                        | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/uids/7/idle                                 | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/uids/7/policy                               | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/uids/self/restrict-background               | 200  | 200   | 200   | 401    | 400   | 401         | 401
      GET    | /v1/device-state                                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PATCH  | /v1/device-state                                | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/rules                                       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/rules                                       | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/rules/decisions                             | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/rules/dry-run                               | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/interfaces                                  | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/interfaces/wlan0                            | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/interfaces/wlan0                            | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/uids                                        | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/uids/1234                                   | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/uids/7                                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      DELETE | /v1/usage/uids/1234                             | 200  | 200   | 403   | 401    | 200   | 401         | 401
      PUT    | /v1/uids/1234/counter-set                       | 400  | 400   | 403   | 401    | 400   | 401         | 401
      POST   | /v1/uids/1234/operations                        | 400  | 400   | 400   | 401    | 400   | 401         | 401
      POST   | /v1/uids/7/operations                           | 400  | 400   | 403   | 401    | 400   | 401         | 401
      PUT    | /v1/uids/1234/permissions                       | 400  | 400   | 403   | 401    | 400   | 401         | 401
      GET    | /v1/quotas                                      |  200 |   200 |   200 |    401 |   200 | 401         | 401
      GET    | /v1/quotas/none                                 |  404 |   404 |   404 |    401 |   404 | 401         | 401
      PUT    | /v1/quotas/mobile                               |  400 |   400 |   403 |    401 |   400 | 401         | 401
      DELETE | /v1/quotas/mobile                               |  200 |   200 |   403 |    401 |   200 | 401         | 401
      POST   | /v1/quotas/mobile/snooze                        |  404 |   404 |   403 |    401 |   404 | 401         | 401
      POST   | /v1/sockets/tags                                | 400  | 400   | 400   | 401    | 400   | 401         | 401
      DELETE | /v1/sockets/tags?pid=7&fd=3                     | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/audit                                       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/trace                                       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/trace?uid=self                              | 200  | 200   | 200   | 401    | 400   | 401         | 401
      HEAD   | /v1/trace?uid=1234                              | 200  | 200   | 200   | 401    | 200   | 401         | 401
      HEAD   | /v1/trace?uid=1235                              | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/usage/stream                                | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/usage/stream?uid=self                       | 200  | 200   | 200   | 401    | 400   | 401         | 401
      HEAD   | /v1/usage/stream?uid=1235                       | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/events                                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      HEAD   | /v1/events?uid=self                             | 200  | 200   | 200   | 401    | 400   | 401         | 401
      HEAD   | /v1/events?uid=1235                             | 200  | 200   | 403   | 401    | 200   | 401         | 401
      GET    | /v1/tokens                                      | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/tokens                                      | 400  | 400   | 403   | 401    | 400   | 401         | 401
      DELETE | /v1/tokens/7                                    | 200  | 200   | 403   | 401    | 200   | 401         | 401
      POST   | /v1/session/codes                               | 200  | 200   | 200   | 401    | 403   | 401         | 401
      POST   | /v1/session                                     | 401  | 401   | 401   | 401    | 401   | 401         | 401
      GET    | /v1/session                                     | 200  | 200   | 200   | 401    | 200   | 401         | 401
      DELETE | /v1/session                                     | 200  | 200   | 200   | 401    | 200   | 401         | 401
      GET    | /v1/nothing                                     | 404  | 404   | 404   | 401    | 404   | 401         | 401
      DELETE | /v1/usage/poll                                  | 405  | 405   | 405   | 401    | 405   | 401         | 401
      """;

  @BeforeAll
  static void start() throws IOException {
    server = new TestServer(dir, new Limits(10_000, 10_000, 100, 1000, 10, 100));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void table_hasEveryRoute() {
    List<Route> routes = server.routes();
    var router = new Router(routes);

    assertThat(TABLE.lines().skip(1).flatMap(line -> route(router, line))).containsAll(routes);
  }

  private static Stream<Route> route(Router router, String line) {
    String[] fields = line.split("[|?]");
    try {
      return Stream.of(router.find(fields[0].strip(), fields[1].strip()).route());
    } catch (Refusal e) {
      return Stream.empty(); // rows about paths that there are not
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = TABLE)
  void route_answersEachCaller(
      String method,
      String target,
      int root,
      int admin,
      int other,
      int nobody,
      int token,
      int wrongToken,
      int noToken)
      throws IOException {
    assertThat(server.unix(0, method, target).status()).as("root").isEqualTo(root);
    assertThat(server.unix(TestServer.ADMIN_UID, method, target).status())
        .as("admin")
        .isEqualTo(admin);
    assertThat(server.unix(1234, method, target).status()).as("other").isEqualTo(other);
    assertThat(server.unix(OptionalLong.empty(), method, target).status())
        .as("no identity")
        .isEqualTo(nobody);
    assertThat(server.unix(65534, method, target).status()).as("overflow UID").isEqualTo(nobody);
    assertThat(server.tcp(method, target, server.bearer()).status()).as("token").isEqualTo(token);
    assertThat(server.tcp(method, target, "Authorization: Bearer " + "x".repeat(43)).status())
        .as("wrong token")
        .isEqualTo(wrongToken);
    assertThat(server.tcp(method, target).status()).as("no token").isEqualTo(noToken);
  }

  @Test
  void otherUid_isToldWhatToAskInstead() throws IOException {
    assertThat(server.get(1234, "/v1/usage/summary").detail())
        .isEqualTo("UID 1234 may see its own usage only: add uid=self.");
    assertThat(server.get(1234, "/v1/status").detail())
        .isEqualTo(
            "This is about all users; root and the configured admins may see it. Your own is at"
                + " /v1/usage/summary?uid=self and /v1/firewall/uids/self/verdict.");
    assertThat(server.get(1234, "/v1/firewall/uids/7/verdict").detail())
        .isEqualTo("UID 1234 may ask about itself only: write self in the place of the UID.");
    assertThat(server.unix(1234, "POST", "/v1/usage/poll").detail())
        .isEqualTo(
            "Only root and the configured admins may do this. What you may see is at"
                + " /v1/usage/summary?uid=self.");
  }

  @Test
  void nobody_isToldWhy() throws IOException {
    var reply = server.unix(OptionalLong.empty(), "GET", "/v1/status");

    assertThat(reply.detail())
        .isEqualTo(
            "The kernel names no user for this connection, or the overflow UID 65534; call as a"
                + " user that the daemon's user namespace knows.");
  }

  @Test
  void otherUid_seesNoUnattributed() throws IOException {
    assertThat(server.get(1234, "/v1/usage/summary?uid=self").json().has("unattributed")).isFalse();
    assertThat(server.get(0, "/v1/usage/summary?uid=1234").json().has("unattributed")).isTrue();
  }
}
