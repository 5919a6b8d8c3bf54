package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.programs.DropId;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Event;
import org.uidnet.stats.Alert;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

@Timeout(180)
class AlertEndpointsTest {
  private static final String OF_ANN = "{\"template\":{\"uid\":1000},\"thresholdBytes\":5}";
  private static final String DOCUMENT =
      "{\"id\":1,\"owner\":1000,\"template\":{\"uids\":[1000]},\"thresholdBytes\":5,"
          + "\"usedBytes\":0}";

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
  void alert_isWrittenAsTheContractSays() throws IOException {
    assertThat(server.send(1000, "POST", "/v1/alerts", OF_ANN).body()).isEqualTo(DOCUMENT);
    assertThat(server.get(1000, "/v1/alerts").body()).isEqualTo("{\"alerts\":[" + DOCUMENT + "]}");
  }

  @Test
  void template_isAnsweredAsItWasUnderstood() throws IOException {
    String template =
        "{\"uids\":[7,8],\"iface\":\"wlan0\",\"types\":[\"vpn\",\"wifi\"],\"networks\":[\"Cafe*\"],"
            + "\"metered\":true,\"roaming\":false,\"default\":true}";
    var reply =
        server.send("POST", "/v1/alerts", "{\"template\":" + template + ",\"thresholdBytes\":1}");
    assertThat(reply.json().path("template").toString()).isEqualTo(template);
    assertThat(server.usage.alerts.get(0).template())
        .isEqualTo(
            new Alert.Template(
                List.of(new UidRange(7, 7), new UidRange(8, 8)),
                Optional.of("wlan0"),
                NetworkTemplate.ANY
                    .withTypes(Set.of(NetworkType.WIFI, NetworkType.VPN))
                    .withNames(List.of(new NamePattern("Cafe*")))
                    .withMetered(Optional.of(true))
                    .withRoaming(Optional.of(false))
                    .withDefaultNetwork(Optional.of(true))));
  }

  @Test
  void alerts_areOfWhoMadeThem_andRootSeesAll() throws IOException {
    server.send(1000, "POST", "/v1/alerts", OF_ANN);
    server.send("POST", "/v1/alerts", "{\"thresholdBytes\":7}");
    assertThat(server.get(1001, "/v1/alerts").json().path("alerts")).isEmpty();
    assertThat(server.get(1000, "/v1/alerts").json().path("alerts")).hasSize(1);
    assertThat(server.get(0, "/v1/alerts").json().path("alerts")).hasSize(2);

    assertThat(delete(1001, "1")).isFalse();
    assertThat(delete(1000, "1")).isTrue();
    assertThat(delete(1000, "1")).isFalse();
    assertThat(delete(0, "2")).isTrue();
    assertThat(server.usage.alerts).isEmpty();
  }

  private boolean delete(long uid, String id) throws IOException {
    return server.send(uid, "DELETE", "/v1/alerts/" + id, "").json().path("changed").asBoolean();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          1000 | POST   | /v1/alerts               | {"thresholdBytes":5}                                | 403 | -              | UID 1000 may be told of its own usage only
          1000 | POST   | /v1/alerts               | {"template":{"uids":[1000,1001]},"thresholdBytes":5} | 403 | -             | UID 1000 may be told of its own usage only
          0    | POST   | /v1/alerts               | {}                                                  | 400 | thresholdBytes | Field 'thresholdBytes' is missing.
          0    | POST   | /v1/alerts               | {"thresholdBytes":0}                                | 400 | thresholdBytes | 0 bytes are no threshold
          0    | POST   | /v1/alerts               | {"template":{"types":["lan"]},"thresholdBytes":1}   | 400 | type           | 'lan' is not one of
          0    | POST   | /v1/alerts               | {"template":{"networks":[""]},"thresholdBytes":1}   | 400 | network        | No network has a name of 0
          0    | POST   | /v1/alerts               | {"template":{"networks":["a\\nb"]},"thresholdBytes":1} | 400 | network      | No network has a control character
          0    | POST   | /v1/alerts               | {"template":{"iface":"a\\nuid 0-9"},"thresholdBytes":1} | 400 | template.iface | No interface has a control
          0    | POST   | /v1/alerts               | {"template":{"uids":[]},"thresholdBytes":1}         | 400 | template.uids  | The list has 1 to 1000 UIDs
          0    | POST   | /v1/alerts               | {"template":{"tag":1},"thresholdBytes":1}           | 400 | template.tag   | Unknown field
          1000 | DELETE | /v1/alerts/9?strict=true |                                                     | 404 | -              | There is no alert '9' of yours
          """)
  void mistakes_areNamed(
      long uid, String method, String target, String body, int status, String field, String detail)
      throws IOException {
    var reply = server.send(uid, method, target, body == null ? "" : body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("detail").asText()).startsWith(detail);
    assertThat(reply.json().path("field").asText(null)).isEqualTo(field);
    assertThat(server.usage.alerts).isEmpty();
  }

  @Test
  void add_whenThereAreTooMany_isRefused() throws IOException {
    server.usage.fail(new ErrnoException("EAGAIN", "There are 100."));
    assertThat(server.send(1000, "POST", "/v1/alerts", OF_ANN).status()).isEqualTo(429);
  }

  @Test
  void event_isShownToWhoMadeIt() throws IOException {
    server.send(1000, "POST", "/v1/alerts", OF_ANN);
    Alert alert = server.usage.alerts.get(0);
    server.get(0, "/v1/alerts"); // who comes next is root
    UidnetClient client = UidnetClient.overSocket(server.socket);
    try (EventReader mine = client.events(ApiRequest.events(UsageQuery.NONE.uid("1000")));
        EventReader others = client.events(ApiRequest.events(UsageQuery.NONE.uid("1001")))) {
      server.usage.listeners.forEach(
          listener ->
              listener.alerted(
                  new Alert(1, alert.owner(), alert.template(), 5, 6), TestServer.NOW));
      server.firewall.listeners.forEach(
          listener ->
              listener.refused(
                  new Event(
                      7, new DropId(1001, 3, DropId.Call.EGRESS), 7, 5, 2, 60, Optional.empty()),
                  "DOZE"));
      JsonNode event = mine.next().orElseThrow();
      assertThat(event.toString())
          .startsWith("{\"event\":\"alert\"")
          .contains("\"alert\":{\"id\":1,\"owner\":1000,", "\"thresholdBytes\":5,\"usedBytes\":6}");
      assertThat(others.next().orElseThrow().path("event").asText()).isEqualTo("drop");
    }
  }
}
