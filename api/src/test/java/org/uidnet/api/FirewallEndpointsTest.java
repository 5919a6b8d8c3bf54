package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.model.AuditLog;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.Question;

/** The firewall's routes over a fake one: what arrives there, what goes back, what is refused. */
class FirewallEndpointsTest {
  private static final String CHANGE =
      "\"changed\":true,\"at\":\"2026-03-01T12:00:05Z\","
          + "\"destroyedSockets\":2,\"problems\":[]}";

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
  void chain_isWrittenAsTheContractSays() throws IOException {
    assertThat(server.get(0, "/v1/firewall/chains/dozable").body())
        .isEqualTo(
            "{\"chain\":\"dozable\",\"kind\":\"ALLOWLIST\",\"enabled\":true,\"alwaysOn\":false,"
                + "\"custom\":false,\"uids\":[1000,1001],\"temporary\":["
                + "{\"uid\":1000,\"rule\":\"ALLOW\",\"until\":\"2026-03-01T14:00:00Z\"},"
                + "{\"uid\":1001,\"rule\":\"ALLOW\",\"until\":\"reboot\"}],"
                + "\"byState\":{\"uids\":[]}}");
    assertThat(server.get(0, "/v1/firewall/chains/metered-allow").body())
        .startsWith(
            "{\"chain\":\"metered-allow\",\"kind\":\"ALLOWLIST\",\"enabled\":true,"
                + "\"alwaysOn\":true");
  }

  @Test
  void chains_areAllThere() throws IOException {
    assertThat(server.get(0, "/v1/firewall/chains").json().path("chains").findValuesAsText("chain"))
        .containsExactly(
            "dozable",
            "standby",
            "powersave",
            "restricted",
            "low-power-standby",
            "background",
            "oem-deny-1",
            "oem-deny-2",
            "oem-deny-3",
            "metered-allow",
            "metered-deny-user",
            "metered-deny-admin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PUT    | /v1/firewall/chains/dozable              | {"enabled":false}                     | dozable enabled=false
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[5,4294967294,0]}             | dozable uids=[0, 5, 4294967294]
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[]}                           | dozable uids=[]
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY"}                       | dozable 7 DENY
          PUT    | /v1/firewall/chains/dozable/uids/self    | {"rule":"DEFAULT"}                    | dozable 0 DEFAULT
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"ALLOW","for":"2h"}           | dozable 7 ALLOW For[duration=PT2H]
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"ALLOW","until":"2026-03-01T13:00:00+00:30"} | dozable 7 ALLOW Until[end=2026-03-01T12:30:00Z]
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"ALLOW","until":"reboot"}     | dozable 7 ALLOW UntilReboot[]
          POST   | /v1/firewall/chains                      | {"chain":"night","kind":"DENYLIST"}   | create night DENYLIST
          DELETE | /v1/firewall/chains/night                | {}                                    | delete night
          PUT    | /v1/allowlists/metered-allow             | {"uids":[7]}                          | metered-allow uids=[7]
          PUT    | /v1/allowlists/metered-deny              | {"uids":[7]}                          | metered-deny-user uids=[7]
          PUT    | /v1/firewall/lockdown                    | {"uids":[9,8]}                        | Lockdown[uids=[8, 9]]
          PUT    | /v1/firewall/lockdown/uids/7             | {}                                    | Lockdown[uids=[7]]
          PUT    | /v1/firewall/interface-rules             | {"rules":[{"uid":8,"iface":"*"},{"uid":7,"iface":"tun0"}]} | InterfaceRules[byUid={7=tun0, 8=*}]
          PUT    | /v1/firewall/interface-rules/uids/7      | {"iface":"tun0"}                      | InterfaceRules[byUid={7=tun0}]
          DELETE | /v1/firewall/interface-rules/uids/7      | {}                                    | InterfaceRules[byUid={}]
          PUT    | /v1/firewall/ingress-discard             | {"addresses":[{"address":"10.8.0.2","iface":"tun0"}]} | IngressDiscard[interfaces={/10.8.0.2=tun0}]
          PUT    | /v1/firewall/local-network               | {"prefixes":[{"prefix":"10.0.0.0/8","rule":"DENY"},{"prefix":"fe80::/10","rule":"ALLOW"}],"deniedUids":[7]} | LocalNetwork[prefixes={10.0.0.0/8=DENY, fe80:0:0:0:0:0:0:0/10=ALLOW}, deniedUids=[7]]
          PUT    | /v1/firewall/local-network/uids/7        | {}                                    | LocalNetwork[prefixes={}, deniedUids=[7]]
          DELETE | /v1/firewall/local-network/uids/7        | {}                                    | LocalNetwork[prefixes={}, deniedUids=[]]
          PUT    | /v1/firewall/blocked-ports               | {"ports":[443,80]}                    | BlockedPorts[ports=[80, 443]]
          PUT    | /v1/allowlists/power-save                | {"uids":[7]}                          | power-save uids=[7]
          PUT    | /v1/allowlists/power-save/uids/7         | {}                                    | power-save 7 true
          DELETE | /v1/allowlists/low-power-standby/uids/7  | {}                                    | low-power-standby 7 false
          PUT    | /v1/allowlists/metered-deny/uids/7       | {}                                    | metered-deny-user 7 DENY
          DELETE | /v1/allowlists/metered-allow/uids/7      | {}                                    | metered-allow 7 DEFAULT
          POST   | /v1/allowlists/power-save-except-idle/temporary | {"uid":7,"for":"10m"}          | power-save-except-idle 7 true For[duration=PT10M]
          POST   | /v1/allowlists/metered-allow/temporary   | {"uid":7,"until":"reboot"}            | metered-allow 7 ALLOW UntilReboot[]
          PATCH  | /v1/device-state                         | {"dataSaver":true}                    | Device[flags=[DATA_SAVER], dataSaverChosen=false]
          PATCH  | /v1/device-state                         | {"deviceIdle":true,"charging":false}  | Device[flags=[DEVICE_IDLE], dataSaverChosen=false]
          PATCH  | /v1/device-state                         | {}                                    | Device[flags=[], dataSaverChosen=false]
          PUT    | /v1/uids/7/idle                          | {"idle":true}                         | IdleUids[uids=[7]]
          PUT    | /v1/uids/1000/policy                     | {"policy":"REJECT_METERED_BACKGROUND"} | UidPolicies[rejectMetered=[1000], allowMetered=[]]
          PUT    | /v1/uids/7/permissions                   | {"useRestrictedNetworks":true}        | Permissions[noInternet=[], updateDeviceStats=[], useRestrictedNetworks=[7]]
          PUT    | /v1/interfaces/wlan0                     | {"metered":true,"type":"wifi","network":"home"} | Interfaces[byName={wlan0=Attributes[metered=true, roaming=false, vpn=false, type=Optional[wifi], network=Optional[home], defaultNetwork=false]}]
          PUT    | /v1/interfaces/wwan0                     | {"roaming":true,"vpn":true,"default":true} | Interfaces[byName={wwan0=Attributes[metered=false, roaming=true, vpn=true, type=Optional.empty, network=Optional.empty, defaultNetwork=true]}]
          PUT    | /v1/interfaces/netns:7%2Feth0            | {"metered":true}                      | Interfaces[byName={netns:7/eth0=Attributes[metered=true, roaming=false, vpn=false, type=Optional.empty, network=Optional.empty, defaultNetwork=false]}]
          PUT    | /v1/uids/7/permissions                   | {"internet":false}                    | Permissions[noInternet=[7], updateDeviceStats=[], useRestrictedNetworks=[]]
          PUT    | /v1/uids/7/permissions                   | {"internet":true}                     | Permissions[noInternet=[], updateDeviceStats=[], useRestrictedNetworks=[]]
          PUT    | /v1/uids/7/permissions                   | {"internet":false,"updateDeviceStats":true} | Permissions[noInternet=[7], updateDeviceStats=[7], useRestrictedNetworks=[]]
          POST   | /v1/firewall/pending/c-1/confirm         | {}                                    | confirm c-1
          """)
  void write_reachesTheFirewall(String method, String target, String body, String change)
      throws IOException {
    var reply = server.send(method, target, body);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(server.firewall.changes).containsExactly(change);
    assertThat(reply.json().path("changed").asBoolean()).isTrue();
    assertThat(reply.json().path("destroyedSockets").asInt()).isEqualTo(2);
    assertThat(server.firewall.terms.get(0).by()).isEqualTo(new Author(0, "unix", ""));
  }

  @Test
  void answers_areWrittenAsTheContractSays() throws IOException {
    assertThat(server.send("PUT", "/v1/firewall/chains/dozable", "{\"enabled\":true}").body())
        .isEqualTo("{\"chain\":\"dozable\",\"kind\":\"ALLOWLIST\",\"enabled\":true," + CHANGE);
    assertThat(
            server
                .send("PUT", "/v1/firewall/chains/dozable/uids/1000", "{\"rule\":\"ALLOW\"}")
                .body())
        .isEqualTo(
            "{\"chain\":\"dozable\",\"uid\":1000,\"rule\":\"ALLOW\","
                + "\"until\":\"2026-03-01T14:00:00Z\","
                + CHANGE);
    assertThat(server.get(0, "/v1/firewall/chains/dozable/uids/7").body())
        .isEqualTo("{\"chain\":\"dozable\",\"uid\":7,\"rule\":\"DENY\"}");
    assertThat(server.send("PUT", "/v1/firewall/lockdown", "{\"uids\":[7]}").body())
        .isEqualTo("{" + CHANGE);
  }

  @Test
  void documents_areReadAsTheyWereWritten() throws IOException {
    Map<String, String> documents =
        Map.of(
            "/v1/firewall/lockdown", "{\"uids\":[7,8]}",
            "/v1/firewall/interface-rules", "{\"rules\":[{\"uid\":7,\"iface\":\"tun0\"}]}",
            "/v1/firewall/ingress-discard",
                "{\"addresses\":[{\"address\":\"2001:db8::1\",\"iface\":\"tun0\"}]}",
            "/v1/firewall/local-network",
                "{\"prefixes\":[{\"prefix\":\"fc00::/7\",\"rule\":\"DENY\"}],\"deniedUids\":[7]}",
            "/v1/firewall/blocked-ports", "{\"ports\":[80,443]}");

    for (var document : documents.entrySet()) {
      server.send("PUT", document.getKey(), document.getValue());
      assertThat(server.get(0, document.getKey()).body()).isEqualTo(document.getValue());
    }
    server.send("PATCH", "/v1/device-state", "{\"dataSaver\":true}");
    assertThat(server.get(0, "/v1/device-state").body())
        .isEqualTo(
            "{\"deviceIdle\":false,\"batterySaver\":false,\"dataSaver\":true,"
                + "\"restrictedMode\":false,\"lowPowerStandby\":false,\"charging\":false,"
                + "\"screenOn\":false}");
  }

  @Test
  void interfaces_ofWhichNothingWasSaid_arePlain() throws IOException {
    server.send("PUT", "/v1/interfaces/wlan0", "{\"metered\":true,\"network\":\"home\"}");
    String plain = "\"roaming\":false,\"vpn\":false";

    assertThat(server.get(0, "/v1/interfaces").body())
        .isEqualTo(
            "{\"interfaces\":[{\"iface\":\"wlan0\",\"metered\":true,"
                + plain
                + ",\"network\":\"home\",\"default\":false}]}");
    assertThat(server.get(0, "/v1/interfaces/eth0").body())
        .isEqualTo("{\"iface\":\"eth0\",\"metered\":false," + plain + ",\"default\":false}");
  }

  @Test
  void write_toBeConfirmed_answersThePendingChange() throws IOException {
    var reply =
        server.send("PUT", "/v1/firewall/chains/dozable?confirm=60s", "{\"enabled\":false}");

    assertThat(reply.json().path("pending").toString())
        .isEqualTo(
            "{\"id\":\"c-1\",\"what\":\"dozable enabled=false\","
                + "\"undoneAt\":\"2026-03-01T12:01:05Z\"}");
    assertThat(server.firewall.terms.get(0).confirmWithin()).contains(Duration.ofSeconds(60));
    assertThat(server.get(0, "/v1/firewall/pending").body())
        .isEqualTo(
            "{\"pending\":[{\"id\":\"c-1\",\"what\":\"chain dozable\","
                + "\"undoneAt\":\"2026-03-01T12:01:05Z\"}]}");
  }

  @Test
  void token_changesAsItself() throws IOException {
    server.tcp("DELETE", "/v1/firewall/chains/night", server.bearer());

    assertThat(server.firewall.terms.get(0).by()).isEqualTo(new Author(0, "tcp", "admin token"));
  }

  @Test
  void verdict_saysWhyAndWhatLiftsIt() throws IOException {
    assertThat(server.get(1000, "/v1/firewall/uids/self/verdict").body())
        .isEqualTo(
            "{\"uid\":1000,\"name\":\"ann\",\"blocked\":true,\"reasons\":[\"DOZE\"],"
                + "\"refusedBy\":\"CONNECT\",\"chain\":["
                + "{\"chain\":\"dozable\",\"kind\":\"ALLOWLIST\",\"enabled\":true,\"listed\":false,"
                + "\"exempt\":false,\"effect\":\"BLOCKS\",\"reason\":\"DOZE\","
                + "\"lift\":\"uidnet chain allow dozable 1000\"},"
                + "{\"chain\":\"lockdown\",\"enabled\":true,\"listed\":false,\"exempt\":true,"
                + "\"effect\":\"NOT_ASKED\",\"reason\":\"LOCKDOWN_VPN\"}]}");
    assertThat(server.get(0, "/v1/firewall/uids/7/verdict").body())
        .startsWith("{\"uid\":7,\"blocked\":false,\"reasons\":[],\"chain\":[");
  }

  @Test
  void verdict_takesWhatIf() throws Exception {
    server.get(
        0,
        "/v1/firewall/uids/7/verdict?iface=wlan0&direction=ingress&metered=true&roaming=false"
            + "&vpn=true&loopback=true&remote=fe80::1&enable=powersave,dozable&disable=standby"
            + "&dataSaver=true&owner=0");
    server.get(0, "/v1/firewall/uids/7/verdict");

    assertThat(server.firewall.questions)
        .containsExactly(
            new Question(
                Optional.of("wlan0"),
                Optional.of(true),
                Optional.of(false),
                Optional.of(true),
                true,
                true,
                Optional.of(InetAddress.getByName("fe80::1")),
                Map.of("powersave", true, "dozable", true, "standby", false),
                Optional.of(true),
                OptionalLong.of(0)),
            Question.NOW);
  }

  @Test
  void drops_areSummedByUidReasonAndDirection_mostFirst() throws Exception {
    assertThat(server.get(0, "/v1/firewall/drops?from=0&to=1000").json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"from": "1970-01-01T00:00:00Z", "to": "1970-01-01T00:00:01Z",
                     "asOf": "2026-03-01T12:00:05.123Z",
                     "rows": [
                      {"kind": "uid", "uid": 1001, "reason": "CUSTOM:night",
                       "direction": "connect", "packets": 50, "bytes": 0},
                      {"kind": "uid", "uid": 1000, "name": "ann", "reason": "DOZE",
                       "direction": "egress", "packets": 7, "bytes": 700},
                      {"kind": "foreign", "reason": "LOCAL_NETWORK",
                       "direction": "ingress", "packets": 1, "bytes": 60}],
                     "total": {"packets": 58, "bytes": 760}}
                    """));
    assertThat(server.get(0, "/v1/firewall/drops?uid=1000").json().path("rows")).hasSize(1);
    assertThat(server.get(0, "/v1/firewall/drops?uid=1001-5000").json().path("rows")).hasSize(1);
    assertThat(server.get(0, "/v1/firewall/drops?limit=2").json().path("nextCursor").asText())
        .isNotEmpty();
  }

  @Test
  void audit_namesWhoAndWhat() throws IOException {
    assertThat(server.get(0, "/v1/audit").body())
        .isEqualTo(
            "{\"entries\":[{\"time\":\"2026-03-01T12:00:05Z\",\"uid\":0,\"transport\":\"unix\","
                + "\"what\":\"chain dozable\",\"before\":\"enabled false\","
                + "\"after\":\"enabled true\"},"
                + "{\"time\":\"2026-03-01T12:00:05Z\",\"transport\":\"tcp\",\"what\":\"lockdown\","
                + "\"before\":\"\",\"after\":\"1000\"}]}");
    assertThat(server.get(0, "/v1/audit?limit=1").json().path("entries")).hasSize(1);
  }

  @Test
  void audit_namesTheServiceThatToldIt_andNoUid() {
    var entry =
        new AuditEntry(Instant.EPOCH, Author.ofService("logind"), "device", "", "screen-on");
    AuditLog.Entry told = ChangeEndpoints.entry(entry);
    assertThat(told.service()).contains("logind");
    assertThat(told.transport()).isEqualTo("dbus");
    assertThat(told.uid()).isEmpty();
  }

  @Test
  void status_tellsHowTheFirewallDoes() throws IOException {
    var status = server.get(0, "/v1/status").json();

    assertThat(status.path("firewall").path("mostRows").asInt()).isEqualTo(16_384);
    assertThat(status.path("problems").toString()).isEqualTo("[\"a write is tried again\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          GET    | /v1/firewall/chains/none                 |                          | 404 | EINVAL | -     | There is no chain 'none'; GET /v1/firewall/chains lists them.
          PUT    | /v1/firewall/chains/none                 | {"enabled":true}         | 404 | EINVAL | -     | There is no chain 'none'; GET /v1/firewall/chains lists them.
          PUT    | /v1/firewall/chains/none/uids            | {"uids":[]}              | 404 | EINVAL | -     | There is no chain 'none'; GET /v1/firewall/chains lists them.
          PUT    | /v1/firewall/chains/none/uids/7          | {"rule":"DENY"}          | 404 | EINVAL | -     | There is no chain 'none'; GET /v1/firewall/chains lists them.
          GET    | /v1/allowlists/power                     |                          | 404 | EINVAL | -     | There is no allowlist 'power'; there are power-save, power-save-except-idle, low-power-standby, metered-allow, metered-deny.
          PUT    | /v1/firewall/chains/dozable/uids/7?strict=true | {"rule":"DEFAULT"} | 404 | ENOENT | -     | no rule names UID 7
          POST   | /v1/firewall/pending/c-9/confirm         |                          | 404 | ENOENT | -     | no change 'c-9' is pending
          PUT    | /v1/firewall/chains/metered-allow        | {"enabled":false}        | 409 | EPERM  | -     | chain 'metered-allow' has no switch
          GET    | /v1/firewall/uids/7/verdict?enable=none  |                          | 400 | EINVAL | enable | There is no chain 'none'.
          GET    | /v1/firewall/uids/7/verdict?enable=metered-allow |                  | 400 | -      | enable | Chain 'metered-allow' has no switch; ask with metered and dataSaver.
          GET    | /v1/firewall/uids/7/verdict?enable=dozable&disable=dozable |        | 400 | -      | disable | Chain 'dozable' is given twice.
          GET    | /v1/firewall/uids/7/verdict?direction=up |                          | 400 | -      | direction | 'up' is not one of egress, ingress.
          GET    | /v1/firewall/uids/7/verdict?remote=localhost |                      | 400 | -      | remote | 'localhost' is no address; write it in digits, 192.0.2.1 or 2001:db8::1.
          GET    | /v1/firewall/uids/7/verdict?remote=999.0.0.1 |                      | 400 | -      | remote | '999.0.0.1' is no address; write it in digits, 192.0.2.1 or 2001:db8::1.
          GET    | /v1/firewall/uids/7/verdict?owner=-1     |                          | 400 | -      | owner | '-1' is no UID; write a number from 0 to 4294967294.
          GET    | /v1/firewall/uids/-1/verdict             |                          | 400 | -      | uid   | '-1' is no UID; write a number from 0 to 4294967294.
          GET    | /v1/firewall/uids/4294967296/verdict     |                          | 400 | -      | uid   | '4294967296' is no UID; write a number from 0 to 4294967294.
          GET    | /v1/firewall/uids/ann/verdict            |                          | 400 | -      | uid   | 'ann' is no UID; write a number from 0 to 4294967294.
          GET    | /v1/firewall/drops?uid=removed           |                          | 400 | -      | uid   | Refusals of removed UIDs are not kept.
          PUT    | /v1/firewall/chains/dozable              |                          | 400 | -      | -     | The body is empty; send the fields as a JSON object.
          PUT    | /v1/firewall/chains/dozable              | {}                       | 400 | -      | enabled | Field 'enabled' is missing.
          PUT    | /v1/firewall/chains/dozable              | {"enabled":null}         | 400 | -      | enabled | Field 'enabled' is missing.
          PUT    | /v1/firewall/chains/dozable              | {"enabled":"true"}       | 400 | -      | enabled | Wrong type or value at line 1, column 12.
          PUT    | /v1/firewall/chains/dozable              | {"enabled":1}            | 400 | -      | enabled | Wrong type or value at line 1, column 12.
          PUT    | /v1/firewall/chains/dozable              | {"enabled":true,"x":1}   | 400 | -      | x     | Unknown field 'x'.
          PUT    | /v1/firewall/chains/dozable              | {"enabled":true          | 400 | -      | -     | The body is not JSON at line 1, column 16.
          PUT    | /v1/firewall/chains/dozable              | [true]                   | 400 | -      | -     | Wrong type or value at line 1, column 1.
          PUT    | /v1/firewall/chains/dozable              | null                     | 400 | -      | -     | The body is empty; send the fields as a JSON object.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[-1]}            | 400 | -      | uids  | '-1' is no UID; write a number from 0 to 4294967294.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[4294967296]}    | 400 | -      | uids  | '4294967296' is no UID; write a number from 0 to 4294967294.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[99999999999999999999]} | 400 | - | uids.[0] | Wrong type or value at line 1, column 30.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":["7"]}           | 400 | -      | uids.[0] | Wrong type or value at line 1, column 10.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[7.0]}           | 400 | -      | uids.[0] | Wrong type or value at line 1, column 10.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[null]}          | 400 | -      | uids  | 'uids' has an item that is null.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":7}               | 400 | -      | uids  | Wrong type or value at line 1, column 9.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[7,8,7]}         | 400 | -      | uids  | 7 is in 'uids' twice; give each once.
          PUT    | /v1/firewall/chains/dozable/uids         | {"uids":[7],"uids":[8]}  | 400 | -      | -     | The body is not JSON at line 1, column 19.
          PUT    | /v1/firewall/chains/dozable/uids/-1      | {"rule":"DENY"}          | 400 | -      | uid   | '-1' is no UID; write a number from 0 to 4294967294.
          PUT    | /v1/firewall/chains/dozable/uids/4294967295 | {"rule":"DENY"}       | 400 | -      | uid   | '4294967295' is no UID; write a number from 0 to 4294967294.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DROP"}          | 400 | -      | rule  | Wrong type or value at line 1, column 9.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":1}               | 400 | -      | rule  | Wrong type or value at line 1, column 9.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY","for":"2"} | 400 | -     | for   | '2' is no duration; write 90s, 5m, 2h, 1d or 1w.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY","for":2}  | 400 | -      | for   | Wrong type or value at line 1, column 22.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY","for":"2h","until":"reboot"} | 400 | - | until | Give 'for' or 'until', not both.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY","until":"-1h"} | 400 | - | until | '-1h' is over; it is 2026-03-01T12:00:05.123Z now.
          PUT    | /v1/firewall/chains/dozable/uids/7       | {"rule":"DENY","for":"0s"} | 400 | EINVAL | -   | a rule cannot hold for PT0S: give more than nothing and at most 10 years
          PUT    | /v1/firewall/lockdown?confirm=2d         | {"uids":[]}              | 400 | EINVAL | -     | cannot wait PT48H for a confirmation: give more than nothing and at most a day
          PUT    | /v1/firewall/lockdown?confirm=yes        | {"uids":[]}              | 400 | -      | confirm | 'yes' is no duration; write 90s, 5m, 2h, 1d or 1w.
          PUT    | /v1/firewall/lockdown?strict=true        | {"uids":[]}              | 400 | -      | strict | Unknown parameter 'strict'; known are confirm.
          POST   | /v1/firewall/chains                      | {"chain":"night"}        | 400 | -      | kind  | Field 'kind' is missing.
          POST   | /v1/firewall/chains                      | {"chain":"night","kind":0} | 400 | -    | kind  | Wrong type or value at line 1, column 25.
          POST   | /v1/firewall/chains                      | {"chain":5,"kind":"DENYLIST"} | 400 | - | chain | Wrong type or value at line 1, column 10.
          POST   | /v1/firewall/chains                      | {"chain":"night","kind":"METERED_DENYLIST"} | 400 | - | kind | Wrong type or value at line 1, column 25.
          PUT    | /v1/firewall/lockdown                    | {"uids":[7,7]}           | 400 | -      | uids  | 7 is in 'uids' twice; give each once.
          PUT    | /v1/firewall/interface-rules             | {"rules":[{"uid":7,"iface":"a"},{"uid":7,"iface":"b"}]} | 400 | - | rules | 7 is in 'rules' twice; give each once.
          PUT    | /v1/firewall/interface-rules             | {"rules":[{"uid":7}]}    | 400 | -      | iface | Field 'iface' is missing.
          PUT    | /v1/firewall/interface-rules/uids/7      | {"uid":8,"iface":"a"}    | 400 | -      | uid   | The UID is in the path; leave it out of the body.
          PUT    | /v1/firewall/ingress-discard             | {"addresses":[{"address":"example.org","iface":"a"}]} | 400 | - | address | 'example.org' is no address; write it in digits, 192.0.2.1 or 2001:db8::1.
          PUT    | /v1/firewall/ingress-discard             | {"addresses":[{"address":"::1:2","iface":"a"},{"address":"0:0::1:2","iface":"b"}]} | 400 | - | addresses | ::1:2 is in 'addresses' twice; give each once.
          PUT    | /v1/firewall/local-network               | {"prefixes":[]}          | 400 | -      | deniedUids | Field 'deniedUids' is missing.
          PUT    | /v1/firewall/local-network               | {"prefixes":[{"prefix":"10.0.0.1/8","rule":"DENY"}],"deniedUids":[]} | 400 | - | prefix | '10.0.0.1/8' is no prefix: bits are set behind the first 8 of the prefix.
          PUT    | /v1/firewall/local-network               | {"prefixes":[{"prefix":"10.0.0.0","rule":"DENY"}],"deniedUids":[]} | 400 | - | prefix | '10.0.0.0' is no prefix; write 10.0.0.0/8 or fc00::/7.
          PUT    | /v1/firewall/blocked-ports               | {"ports":[80,80]}        | 400 | -      | ports | 80 is in 'ports' twice; give each once.
          PUT    | /v1/firewall/blocked-ports               | {"ports":["80"]}         | 400 | -      | ports.[0] | Wrong type or value at line 1, column 11.
          PATCH  | /v1/device-state                         | {"dozing":true}          | 400 | -      | dozing | Unknown field 'dozing'.
          PUT    | /v1/interfaces/wlan0                     | {"metered":"yes"}        | 400 | -      | metered | Wrong type or value at line 1, column 12.
          PUT    | /v1/uids/7/permissions                   | {"updateDeviceStats":1}  | 400 | -      | updateDeviceStats | Wrong type or value at line 1, column 22.
          PUT    | /v1/uids/7/permissions                   | {}                       | 400 | -      | internet | Give 'internet', 'updateDeviceStats' or 'useRestrictedNetworks'.
          """)
  void mistake_isNamed_andNothingIsChanged(
      String method,
      String target,
      String body,
      int status,
      String errno,
      String field,
      String detail)
      throws IOException {
    var reply = server.send(method, target, Optional.ofNullable(body).orElse(""));

    assertThat(reply.detail()).isEqualTo(detail);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("errno").asText(null)).isEqualTo(errno);
    assertThat(reply.json().path("field").asText(null)).isEqualTo(field);
    assertThat(server.firewall.changes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          UNKNOWN_CHAIN,     404, EINVAL
          INVALID,           400, EINVAL
          NOT_LISTED,        404, ENOENT
          UNKNOWN_CHANGE,    404, ENOENT
          UNKNOWN_INTERFACE, 400, ENODEV
          OTHER_KIND,        409, EEXIST
          FIXED,             409, EPERM
          NO_ROOM,           409, ENOSPC
          STORE,             503, EIO
          """)
  void refusalOfTheFirewall_hasAndroidsError(
      FirewallException.Cause cause, int status, String errno) throws IOException {
    server.firewall.fail(new FirewallException(cause, "why and what to do"));

    var reply = server.send("PUT", "/v1/firewall/lockdown", "{\"uids\":[7]}");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("errno").asText()).isEqualTo(errno);
    assertThat(reply.detail()).isEqualTo("why and what to do");
  }

  @Test
  void chainOfAnotherKind_is409() throws IOException {
    server.send("POST", "/v1/firewall/chains", "{\"chain\":\"night\",\"kind\":\"DENYLIST\"}");

    var again =
        server.send("POST", "/v1/firewall/chains", "{\"chain\":\"night\",\"kind\":\"DENYLIST\"}");
    var other =
        server.send("POST", "/v1/firewall/chains", "{\"chain\":\"night\",\"kind\":\"ALLOWLIST\"}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().path("errno").asText()).isEqualTo("EEXIST");
  }

  @Test
  void tenThousandUids_areTaken_twoMebibytesAreNot() throws IOException {
    String target = "/v1/firewall/chains/dozable/uids";

    assertThat(server.send("PUT", target, uids(10_000)).status()).isEqualTo(200);
    server.firewall.changes.clear();
    var long2 = server.send("PUT", target, uids(300_000));

    assertThat(long2.status()).isEqualTo(413);
    assertThat(long2.detail()).isEqualTo("The body is longer than 1048576 bytes.");
    assertThat(server.firewall.changes).isEmpty();
  }

  private static String uids(int count) {
    return LongStream.range(10_000, 10_000 + count)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", "{\"uids\":[", "]}"));
  }
}
