package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes about states over a fake: what arrives there, what goes back, what is refused. */
class StateEndpointsTest {
  private static final String CHANGE =
      "\"changed\":true,\"at\":\"2026-03-01T12:00:05Z\",\"destroyedSockets\":2,\"problems\":[]}";

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
  void processState_isWrittenAsTheContractSays() throws IOException {
    String target = "/v1/uids/1000/process-state";
    String json =
        "{\"state\":\"SERVICE\",\"capabilities\":[\"POWER_RESTRICTED_NETWORK\"],"
            + "\"epoch\":3,\"seq\":8}";
    assertThat(server.send("PUT", target, json).body())
        .isEqualTo("{\"uid\":1000,\"state\":\"SERVICE\",\"stale\":false," + CHANGE);
    assertThat(server.firewall.changes)
        .containsExactly(
            "processes {1000=ProcessReport[state=SERVICE,"
                + " capabilities=[POWER_RESTRICTED_NETWORK],"
                + " stamp=Optional[Stamp[epoch=3, seq=8]]]}");
    assertThat(server.send("PUT", target, "{\"state\":\"TOP\",\"seq\":7}").body())
        .isEqualTo("{\"uid\":1000,\"stale\":true," + CHANGE);
    assertThat(server.send("PUT", target, "{\"state\":\"CACHED_EMPTY\"}").body())
        .isEqualTo(
            "{\"uid\":1000,\"state\":\"CACHED_EMPTY\",\"stale\":false,"
                + "\"effectiveAt\":\"2026-03-01T12:00:10Z\","
                + CHANGE);
  }

  @Test
  void processStates_areOneChange() throws IOException {
    String json =
        "{\"states\":[{\"uid\":1001,\"state\":\"TOP\"},"
            + "{\"uid\":1000,\"state\":\"TOP\",\"epoch\":1,\"seq\":7}]}";
    assertThat(server.send("PUT", "/v1/uids/process-states", json).body())
        .isEqualTo("{\"stale\":[1000]," + CHANGE);
    assertThat(server.firewall.changes).hasSize(1);
    assertThat(server.send("PUT", "/v1/uids/process-states", "{\"states\":[]}").status())
        .isEqualTo(200);
  }

  /** Unknown, contradictory and malformed: nothing is changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT   | /v1/uids/1000/process-state | {"state":"BUSY"}                                    | 400 | state
          PUT   | /v1/uids/1000/process-state | {"state":2}                                         | 400 | state
          PUT   | /v1/uids/1000/process-state | {}                                                  | 400 | state
          PUT   | /v1/uids/1000/process-state | {"state":"TOP","capabilities":["CAMERA"]}           | 400 | capabilities.[0]
          PUT   | /v1/uids/1000/process-state | {"state":"TOP","epoch":1}                           | 400 | seq
          PUT   | /v1/uids/1000/process-state | {"state":"TOP","seq":"1"}                           | 400 | seq
          PUT   | /v1/uids/1000/process-state | {"state":"TOP","uid":7}                             | 400 | uid
          PUT   | /v1/uids/1000/process-state | {"state":"NONEXISTENT","capabilities":["POWER_RESTRICTED_NETWORK"]} | 400 | ``
          PUT   | /v1/uids/-1/process-state   | {"state":"TOP"}                                     | 400 | uid
          PUT   | /v1/uids/process-states     | {"states":[{"uid":7,"state":"TOP"},{"uid":7,"state":"HOME"}]} | 400 | states
          PUT   | /v1/uids/process-states     | {"states":[{"uid":7,"state":"TOP"},{"state":"TOP"}]} | 400 | uid
          PUT   | /v1/uids/process-states     | {"states":[{"uid":4294967295,"state":"TOP"}]}       | 400 | uid
          PUT   | /v1/uids/process-states     | {"states":[null]}                                   | 400 | states
          PUT   | /v1/uids/1000/idle          | {"idle":"yes"}                                      | 400 | idle
          PUT   | /v1/uids/1000/idle          | {}                                                  | 400 | idle
          PUT   | /v1/uids/1000/policy        | {"policy":"BOTH"}                                   | 400 | policy
          PUT   | /v1/uids/53/policy          | {"policy":"REJECT_METERED_BACKGROUND"}              | 400 | ``
          PATCH | /v1/device-state            | {"deviceIdle":1}                                    | 400 | deviceIdle
          PATCH | /v1/device-state            | {"deviceIdle":true,"dozing":true}                   | 400 | dozing
          POST  | /v1/allowlists/power-save/temporary | {"uid":7}                                   | 400 | for
          POST  | /v1/allowlists/power-save/temporary | {"for":"1m"}                                | 400 | uid
          POST  | /v1/allowlists/power-save/temporary | {"uid":7,"for":"soon"}                      | 400 | for
          POST  | /v1/allowlists/power-save/temporary | {"uid":7,"for":"1m","until":"reboot"}       | 400 | until
          POST  | /v1/allowlists/nobody/temporary     | {"uid":7,"for":"1m"}                        | 404 | ``
          """)
  void whatCannotBe_isRefused(String method, String target, String json, int status, String field)
      throws IOException {
    var reply = server.send(method, target, json);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("field").asText()).isEqualTo(field);
    assertThat(server.firewall.changes).isEmpty();
  }

  @Test
  void restrictBackground_isSeenByTheUidItself() throws IOException {
    assertThat(server.get(1000, "/v1/uids/self/restrict-background").body())
        .isEqualTo("{\"uid\":1000,\"status\":\"DISABLED\",\"number\":1}");
    assertThat(server.get(1000, "/v1/uids/1001/restrict-background").status()).isEqualTo(403);
  }

  @Test
  void allowlist_isWrittenAsTheContractSays() throws IOException {
    String list =
        "{\"name\":\"power-save\",\"uids\":[1000],\"temporary\":[{\"uid\":1000,"
            + "\"rule\":\"ALLOW\",\"until\":\"2026-03-01T14:00:00Z\"}]";
    assertThat(server.get(0, "/v1/allowlists/power-save").body()).isEqualTo(list + "}");
    assertThat(server.send("PUT", "/v1/allowlists/power-save", "{\"uids\":[1000]}").body())
        .isEqualTo(list + "," + CHANGE);
    assertThat(server.get(0, "/v1/allowlists/metered-allow").body())
        .isEqualTo("{\"name\":\"metered-allow\",\"uids\":[],\"temporary\":[]}");
  }

  @Test
  void uid_showsItsState() throws IOException {
    String report =
        "{\"state\":\"SERVICE\",\"capabilities\":[\"USER_RESTRICTED_NETWORK\","
            + "\"POWER_RESTRICTED_NETWORK\"]}";
    server.send("PUT", "/v1/uids/1001/process-state", report);
    server.send("PUT", "/v1/uids/1001/idle", "{\"idle\":true}");
    server.send("PUT", "/v1/uids/1001/policy", "{\"policy\":\"ALLOW_METERED_BACKGROUND\"}");
    assertThat(server.get(0, "/v1/uids/1001").body())
        .contains(
            "\"processState\":\"SERVICE\",\"capabilities\":[\"POWER_RESTRICTED_NETWORK\","
                + "\"USER_RESTRICTED_NETWORK\"],\"idle\":true,"
                + "\"policy\":\"ALLOW_METERED_BACKGROUND\"");
  }
}
