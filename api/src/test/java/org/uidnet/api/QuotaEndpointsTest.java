package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotas over a fake firewall, in which 600 bytes of each are used. */
class QuotaEndpointsTest {
  private static final String MONTHLY = "\"cycle\":{\"day\":5,\"timeZone\":\"Europe/Berlin\"}";
  private static final String OF_ANN =
      "{\"template\":{\"uid\":1000,\"iface\":\"wwan0\",\"metered\":true},"
          + MONTHLY
          + ",\"warningBytes\":500,\"limitBytes\":1000}";
  private static final String DOCUMENT =
      "\"id\":\"mobile\",\"template\":{\"uids\":[1000],\"iface\":\"wwan0\",\"metered\":true},"
          + MONTHLY
          + ",\"warningBytes\":500,\"limitBytes\":1000,\"enabled\":true,\"state\":\"warning\","
          + "\"used\":600,\"left\":400,\"cycleStart\":\"2026-03-01T00:00:00Z\","
          + "\"cycleEnd\":\"2026-04-01T00:00:00Z\",\"forecast\":1800,\"limitSnoozed\":false,"
          + "\"warningSnoozed\":false";

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
  void quota_isWrittenAsTheContractSays() throws IOException {
    assertThat(server.send("PUT", "/v1/quotas/mobile", OF_ANN).body())
        .startsWith("{" + DOCUMENT + ",\"changed\":true,");
    assertThat(server.get(0, "/v1/quotas/mobile").body()).isEqualTo("{" + DOCUMENT + "}");
    assertThat(server.get(0, "/v1/quotas").body()).isEqualTo("{\"quotas\":[{" + DOCUMENT + "}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"template":{},"cycle":{"day":1}}                           | {"metered":false}                | {"day":1,"timeZone":"UTC"}    | ok
          {"template":{"uids":[8,7]},"cycle":{"day":31},"limitBytes":0} | {"uids":[7,8],"metered":false} | {"day":31,"timeZone":"UTC"}   | exceeded
          {"template":{"iface":"netns:7/eth0"},"cycle":{"start":"0","period":"P7D"},"limitBytes":600,"enabled":false} | {"iface":"netns:7/eth0","metered":false} | {"start":"1970-01-01T00:00:00Z","period":"PT168H"} | ok
          """)
  void quota_isAnsweredAsItWasUnderstood(String body, String template, String cycle, String state)
      throws IOException {
    var reply = server.send("PUT", "/v1/quotas/q", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("template").toString()).isEqualTo(template);
    assertThat(reply.json().path("cycle").toString()).isEqualTo(cycle);
    assertThat(reply.json().path("state").asText()).isEqualTo(state);
  }

  @Test
  void writes_reachTheFirewall() throws IOException {
    server.send("PUT", "/v1/quotas/mobile?confirm=60s", OF_ANN);
    assertThat(server.firewall.terms.get(0).confirmWithin()).contains(Duration.ofSeconds(60));
    assertThat(server.send("POST", "/v1/quotas/mobile/snooze", "").status()).isEqualTo(200);
    server.send("POST", "/v1/quotas/mobile/snooze", "{\"what\":\"WARNING\",\"snoozed\":false}");
    server.send("DELETE", "/v1/quotas/mobile", "");
    assertThat(server.firewall.changes)
        .containsSubsequence(
            "snooze mobile LIMIT true", "snooze mobile WARNING false", "Quotas[byId={}]");
  }

  @Test
  void uid_seesTheQuotasThatNameIt() throws IOException {
    server.send("PUT", "/v1/quotas/mobile", OF_ANN);
    server.send("PUT", "/v1/quotas/all", "{\"template\":{}," + MONTHLY + "}");
    assertThat(server.get(1000, "/v1/quotas").json().path("quotas").findValuesAsText("id"))
        .containsExactly("mobile");
    assertThat(server.get(1000, "/v1/quotas/mobile").status()).isEqualTo(200);
    assertThat(server.get(1000, "/v1/quotas/all").status()).isEqualTo(404);
    assertThat(server.get(1001, "/v1/quotas").json().path("quotas")).isEmpty();
    assertThat(server.get(0, "/v1/quotas").json().path("quotas")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    /v1/quotas/mobile",
    "DELETE, /v1/quotas/mobile",
    "POST,   /v1/quotas/mobile/snooze",
  })
  void write_ofAUser_isForbidden(String method, String target) throws IOException {
    assertThat(server.send(1000, method, target, "{}").status()).isEqualTo(403);
    assertThat(server.firewall.changes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          GET    | /v1/quotas/none               |                                         | 404 | ENOENT | - | There is no quota 'none'
          POST   | /v1/quotas/none/snooze        |                                         | 404 | ENOENT | - | there is no quota 'none'
          DELETE | /v1/quotas/none?strict=true   |                                         | 404 | ENOENT | - | there is no quota 'none'
          PUT    | /v1/quotas/q                  |                                         | 400 | - | -             | The body is empty
          PUT    | /v1/quotas/q                  | {"cycle":{"day":1}}                     | 400 | - | template      | Field 'template' is missing.
          PUT    | /v1/quotas/q                  | {"template":{}}                         | 400 | - | cycle         | Field 'cycle' is missing.
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{}}              | 400 | - | cycle         | Give 'day'
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1,"period":"P7D"}} | 400 | - | cycle | Give 'day'
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1,"start":"now"}} | 400 | - | cycle.start | 'start' goes with 'period'
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":32}}      | 400 | EINVAL | -        | no month has a day 32
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1,"timeZone":"Mars"}} | 400 | EINVAL | - | 'Mars' is no time zone
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"period":"P7D"}} | 400 | - | cycle.start  | Field 'cycle.start' is missing.
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"start":"now","period":"P1M"}} | 400 | - | cycle.period | 'P1M' is no duration
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"start":"now","period":"PT0S"}} | 400 | EINVAL | - | a cycle cannot last PT0S
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"start":"soon","period":"P7D"}} | 400 | - | cycle.start | 'soon' is not a time
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"start":0,"period":"P7D"}} | 400 | - | cycle.start | Wrong type or value
          PUT    | /v1/quotas/q                  | {"template":{"uid":-1},"cycle":{"day":1}} | 400 | - | template.uid | '-1' is no UID
          PUT    | /v1/quotas/q                  | {"template":{"uids":[]},"cycle":{"day":1}} | 400 | - | template.uids | The list is empty
          PUT    | /v1/quotas/q                  | {"template":{"uids":[7,7]},"cycle":{"day":1}} | 400 | - | template.uids | 7 is in
          PUT    | /v1/quotas/q                  | {"template":{"uid":7,"uids":[7]},"cycle":{"day":1}} | 400 | - | template.uids | Give 'uid' or 'uids'
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1},"limitBytes":-1} | 400 | - | limitBytes | 'limitBytes' is from 0 on
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1},"limitBytes":1.5} | 400 | - | limitBytes | Wrong type or value
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1},"limitBytes":99999999999999999999} | 400 | - | limitBytes | Wrong type or value
          PUT    | /v1/quotas/q                  | {"template":{},"cycle":{"day":1},"limit":1} | 400 | - | limit      | Unknown field 'limit'.
          PUT    | /v1/quotas/q?strict=true      | {"template":{},"cycle":{"day":1}}       | 400 | - | strict        | Unknown parameter 'strict'
          POST   | /v1/quotas/q/snooze           | {"what":"BOTH"}                         | 400 | - | what          | Wrong type or value
          """)
  void mistakes_areNamed(
      String method,
      String target,
      String body,
      int status,
      String errno,
      String field,
      String detail)
      throws IOException {
    var reply = server.send(method, target, body == null ? "" : body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("detail").asText()).startsWith(detail);
    assertThat(reply.json().path("errno").asText(null)).isEqualTo(errno);
    assertThat(reply.json().path("field").asText(null)).isEqualTo(field);
    assertThat(server.firewall.changes).isEmpty();
  }
}
