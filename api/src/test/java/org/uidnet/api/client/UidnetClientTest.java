package org.uidnet.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.FakeUsage;
import org.uidnet.api.TestServer;
import org.uidnet.api.model.ChainKind;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.InterfaceDocument;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.ProcessStateList;
import org.uidnet.api.model.ProcessStateRequest;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.TagRequest;
import org.uidnet.api.model.TemporaryRequest;
import org.uidnet.api.model.UidPolicyDocument;
import org.uidnet.api.model.UidRule;
import org.uidnet.api.model.UsageRow;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.ProcessState;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.UidPolicy;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;
import org.uidnet.stats.UsageFilter;

class UidnetClientTest {
  @TempDir Path dir;
  private TestServer server;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
    client = UidnetClient.overSocket(server.socket);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void health_isRead() throws IOException {
    assertThat(client.health()).isEqualTo(Health.of(Datapath.Backend.SIMULATOR, List.of()));
  }

  @Test
  void status_isRead() throws IOException {
    var status = client.status();

    assertThat(status.uptimeSeconds()).isEqualTo(3600);
    assertThat(status.programs().get(0).tag()).contains("0123456789abcdef");
    assertThat(status.truth()).hasSize(4);
  }

  @Test
  void summary_isRead() throws IOException {
    var summary = client.summary(UsageQuery.NONE.uid("1000-1999,removed").from("-7d").by("uid"));

    assertThat(summary.rows().get(0))
        .isEqualTo(
            new UsageRow(
                Optional.of(Kind.UID),
                Optional.of(1000L),
                Optional.of("ann"),
                Optional.of(CounterSet.FOREGROUND),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Traffic(4000, 40, 400, 4),
                Optional.empty()));
    assertThat(summary.rows().get(2).kind()).contains(Kind.REMOVED);
    assertThat(summary.unattributed()).contains(new Traffic(500, 5, -1, -1));
    assertThat(summary.asOf()).isEqualTo(FakeUsage.AS_OF);
    assertThat(server.usage.summaries.get(0).filter().removed()).isTrue();
  }

  @Test
  void history_sinceBoot_truth_poll_areRead() throws IOException {
    var bucket = client.history(UsageQuery.NONE.resolution("5m").by("uid")).buckets().get(0);

    assertThat(bucket.end()).isEqualTo(FakeUsage.AS_OF);
    assertThat(bucket.row().uid()).contains(1000L);
    assertThat(bucket.row().traffic()).isEqualTo(new Traffic(7, 1, 8, 2));
    assertThat(client.sinceBoot(UsageQuery.NONE).gaps()).hasSize(1);
    assertThat(client.truth(UsageQuery.NONE).rows().get(1).unattributed().bytes()).isEqualTo(-1);
    assertThat(client.poll().changedKeys()).isEqualTo(3);
  }

  @Test
  void firewall_isReadAndChanged() throws IOException {
    var rule =
        client.send(ApiRequest.setRule("dozable", 1000, RuleRequest.ALLOW).confirmedWithin("60s"));

    assertThat(rule.uidRule())
        .isEqualTo(new UidRule("dozable", 1000, Rule.ALLOW, Optional.of("2026-03-01T14:00:00Z")));
    assertThat(rule.change().pending().orElseThrow().id()).isEqualTo("c-1");
    assertThat(client.send(ApiRequest.chain("dozable")).uids()).containsExactly(1000L, 1001L);
    assertThat(client.send(ApiRequest.setEnabled("dozable", false)).change().changed()).isTrue();
    assertThat(client.send(ApiRequest.verdict(1000, Map.of("vpn", "true"))).reasons())
        .containsExactly("DOZE");
    assertThat(client.send(ApiRequest.drops(UsageQuery.NONE)).total().packets()).isEqualTo(58);
    assertThat(client.send(ApiRequest.confirm("c-1")).destroyedSockets()).isEqualTo(2);
    assertThat(server.firewall.changes)
        .containsExactly("dozable 1000 ALLOW", "dozable enabled=false", "confirm c-1");
  }

  @Test
  void tag_isSetAndCleared() throws IOException {
    var socket =
        new TagRequest(
            Optional.of(7),
            Optional.empty(),
            Optional.of("udp"),
            Optional.of("[::1]:5"),
            Optional.empty(),
            Optional.of(61_453L),
            Optional.of(1001L));

    assertThat(client.send(ApiRequest.tag(socket)).chargeUid()).contains(1001L);
    assertThat(client.send(ApiRequest.untag(socket, true)).tagged()).isFalse();
    assertThat(server.tags.calls)
        .containsExactly(
            "Asker[uid=0, admin=true] the UDP socket from [0:0:0:0:0:0:0:1]:5 to nowhere of process"
                + " 7 Tag[tag=61453, chargeUid=Optional[1001]]",
            "Asker[uid=0, admin=true] the UDP socket from [0:0:0:0:0:0:0:1]:5 to nowhere of process"
                + " 7");
  }

  @Test
  void customChain_isMadeAndRemoved() throws IOException {
    var made = client.send(ApiRequest.createChain("night", ChainKind.DENYLIST));
    client.send(ApiRequest.replaceUids("night", List.of(1000L, 1001L)));
    client.send(ApiRequest.deleteChain("night"));

    assertThat(made.chain()).isEqualTo("night");
    assertThat(made.kind()).isEqualTo(ChainKind.DENYLIST);
    assertThat(server.firewall.changes)
        .containsExactly("create night DENYLIST", "night uids=[1000, 1001]", "delete night");
  }

  @Test
  void allowlist_isReadAndReplaced() throws IOException {
    var change = client.send(ApiRequest.replaceAllowlist("metered-allow", List.of(1000L)));

    assertThat(change.change().changed()).isTrue();
    assertThat(server.firewall.changes).containsExactly("metered-allow uids=[1000]");
    assertThat(client.send(ApiRequest.allowlist("metered-allow")).uids()).isEmpty();
  }

  @Test
  void allowlist_ofOneUid_isChanged() throws IOException {
    client.send(ApiRequest.setAllowlisted("power-save", 1001, true));
    client.send(ApiRequest.setAllowlisted("power-save", 1001, false));
    var request = new TemporaryRequest(Optional.of(1001L), Optional.of("10m"), Optional.empty());
    var list = client.send(ApiRequest.allowTemporarily("power-save", request)).list();

    assertThat(server.firewall.changes)
        .containsExactly(
            "power-save 1001 true",
            "power-save 1001 false",
            "power-save 1001 true For[duration=PT10M]");
    assertThat(list.uids()).containsExactly(1000L);
    assertThat(list.temporary()).hasSize(1);
  }

  @Test
  void processes_areReportedOneOrMany() throws IOException {
    var request = ProcessStateRequest.of(ProcessState.TOP, List.of());
    assertThat(client.send(ApiRequest.reportProcess(1000, request)).state())
        .contains(ProcessState.TOP);
    var many = ProcessStateList.of(List.of(ProcessStateList.Item.of(1001, ProcessState.SERVICE)));
    assertThat(client.send(ApiRequest.reportProcesses(many)).stale()).isEmpty();
    assertThat(client.send(ApiRequest.uid(1001)).processState()).contains(ProcessState.SERVICE);
  }

  @Test
  void idleAndPolicy_areSet() throws IOException {
    client.send(ApiRequest.setIdle(1000, true));
    client.send(ApiRequest.setPolicy(1000, UidPolicyDocument.named("ALLOW_METERED_BACKGROUND")));

    var uid = client.send(ApiRequest.uid(1000));
    assertThat(uid.idle()).isTrue();
    assertThat(uid.policy()).isEqualTo(UidPolicy.ALLOW_METERED_BACKGROUND);
    assertThat(client.send(ApiRequest.restrictBackground(1000)).number()).isEqualTo(1);
  }

  @Test
  void counterSet_isSet() throws IOException {
    var change = client.send(ApiRequest.setCounterSet(1000, CounterSet.FOREGROUND));

    assertThat(change.uid()).isEqualTo(1000);
    assertThat(change.set()).isEqualTo(CounterSet.FOREGROUND);
  }

  @Test
  void operations_areCounted() throws IOException {
    client.send(ApiRequest.addOperations(1000, 61_453, 2));

    assertThat(server.usage.operations).containsExactly("1000 61453 2");
  }

  @Test
  void deviceState_isReadAndChanged() throws IOException {
    assertThat(client.send(ApiRequest.deviceState()).dataSaver()).contains(false);

    client.send(
        ApiRequest.changeDeviceState(DeviceState.changing(Map.of(DeviceFlag.DATA_SAVER, true))));

    assertThat(client.send(ApiRequest.deviceState()).dataSaver()).contains(true);
  }

  @Test
  void deviceState_whatIsNotNamed_staysAsItWas() throws IOException {
    client.send(
        ApiRequest.changeDeviceState(DeviceState.changing(Map.of(DeviceFlag.DATA_SAVER, true))));
    client.send(ApiRequest.changeDeviceState(DeviceState.changing(Map.of())));

    assertThat(client.send(ApiRequest.deviceState()).dataSaver()).contains(true);
  }

  @Test
  void interface_isReadAndSet() throws IOException {
    var facts =
        InterfaceFacts.PLAIN
            .withMetered(true)
            .withRoaming(false)
            .withVpn(false)
            .withType("wifi")
            .withNetwork("café")
            .withDefaultNetwork(true);

    client.send(ApiRequest.setInterface("wlan0", facts));

    var wlan0 = new InterfaceDocument("wlan0", facts);
    assertThat(client.send(ApiRequest.iface("wlan0"))).isEqualTo(wlan0);
    assertThat(client.send(ApiRequest.interfaces()).interfaces()).containsExactly(wlan0);
  }

  @Test
  void interface_ofWhichNothingIsSaid_isPlain() throws IOException {
    client.send(ApiRequest.setInterface("wlan0", InterfaceFacts.PLAIN.withMetered(true)));
    client.send(ApiRequest.setInterface("wlan0", InterfaceFacts.PLAIN));

    assertThat(client.send(ApiRequest.iface("wlan0")).facts().metered()).contains(false);
  }

  @Test
  void nameInAPath_isEncoded() {
    var e =
        catchThrowableOfType(
            ProblemException.class, () -> client.send(ApiRequest.chain("a b?c=d")));

    assertThat(e).hasMessageStartingWith("There is no chain 'a b?c=d'");
    assertThat(e.errno()).contains("EINVAL");
    assertThat(e.detail()).isEqualTo(e.getMessage());
  }

  @Test
  void body_thatIsTooLong_isRefusedInWords() {
    List<Long> uids = LongStream.range(100_000, 500_000).boxed().toList();

    var e =
        catchThrowableOfType(
            ProblemException.class, () -> client.send(ApiRequest.replaceUids("dozable", uids)));

    assertThat(e).hasMessage("The body is longer than 1048576 bytes.");
  }

  @Test
  void json_isTheAnswerAsItCame() throws IOException {
    var json = client.json(ApiRequest.summary(UsageQuery.NONE));

    assertThat(json.path("rows").path(0).path("kind").asText()).isEqualTo("uid");
  }

  @Test
  void parameters_areEncoded() throws IOException {
    client.sinceBoot(UsageQuery.NONE.iface("a&b=c d/é"));

    assertThat(server.usage.sinceBoots)
        .extracting(UsageFilter::iface)
        .contains(Optional.of("a&b=c d/é"));
  }

  @Test
  void overTcp_theTokenIsSent() throws IOException {
    assertThat(UidnetClient.overTcp(server.http(), server.token()).summary(UsageQuery.NONE).rows())
        .hasSize(3);
    assertThatThrownBy(() -> UidnetClient.overTcp(server.http(), "wrong").health())
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("This token is not valid, or no longer;");
  }

  @Test
  void problem_isThrownAsTheServerSaidIt() {
    server.peer = OptionalLong.of(1234);

    var e = catchThrowableOfType(ProblemException.class, () -> client.summary(UsageQuery.NONE));

    assertThat(e.status()).isEqualTo(403);
    assertThat(e.type()).isEqualTo("/problems/own-only");
    assertThat(e.problem().title()).isEqualTo("About somebody else");
    assertThat(e).hasMessage("UID 1234 may see its own usage only: add uid=self.");
  }

  @Test
  void problem_namesTheField() {
    var e =
        catchThrowableOfType(
            ProblemException.class, () -> client.summary(UsageQuery.NONE.from("soon")));

    assertThat(e.problem().field()).contains("from");
  }

  @Test
  void noSocket_isNoDaemon() {
    Path absent = dir.resolve("absent.sock");

    assertThatThrownBy(() -> UidnetClient.overSocket(absent).health())
        .isInstanceOf(NoDaemonException.class)
        .hasMessage(
            "no daemon answers on "
                + absent
                + " (No such file or directory); start one: uidnet run");
  }

  @Test
  void stoppedDaemon_isNoDaemon() throws IOException {
    var tcp = UidnetClient.overTcp(server.http(), server.token());
    server.close();

    assertThatThrownBy(tcp::health)
        .isInstanceOf(NoDaemonException.class)
        .hasMessageContaining("Connection refused");
  }

  @Test
  void newerServers_areUnderstood() throws IOException {
    var row =
        Json.LENIENT.readValue(
            "{\"kind\":\"teleported\",\"new\":[1],\"rxBytes\":9223372036854775807,"
                + "\"rxPackets\":0,\"txBytes\":0,\"txPackets\":0}",
            UsageRow.class);

    assertThat(row.kind()).contains(Kind.UNKNOWN);
    assertThat(row.traffic().rxBytes()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void answers_inChunks_orUntilTheEnd_areRead() throws IOException {
    String chunked =
        "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";

    assertThat(read("HTTP/1.1 200 OK\r\n" + chunked).body()).isEqualTo("abc0123456789");
    assertThat(read("HTTP/1.1 200 OK\r\n\r\nto the end").body()).isEqualTo("to the end");
    assertThat(read("HTTP/1.1 200\r\nContent-length: 2\r\n\r\nabc").body()).isEqualTo("ab");
  }

  @Test
  void answers_thatBreakOff_areErrors() {
    for (String text :
        List.of(
            "", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(EOFException.class);
    }
    assertThatThrownBy(() -> read("SSH-2.0-OpenSSH\r\n"))
        .hasMessage("what answers here does not speak HTTP");
  }

  private static Exchange.Response read(String text) throws IOException {
    return Exchange.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).whole();
  }
}
