package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.BlockedStatus;
import org.uidnet.firewall.QuotaAlert;
import org.uidnet.firewall.UidSet;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.SlotId;

/** {@code GET /v1/events} over a real server. */
@Timeout(180)
class HostEventStreamTest {
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

  private EventReader events(UsageQuery query) throws IOException {
    return UidnetClient.overSocket(server.socket).events(ApiRequest.events(query));
  }

  private void refuse(long uid) throws IOException {
    Flow flow = new Flow(6, end("192.0.2.7", 50_000), end("2001:db8::1", 443));
    tell(new Event(7, new DropId(uid, 3, DropId.Call.EGRESS), 7, 5, 2, 60, Optional.of(flow)));
  }

  private static InetSocketAddress end(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  private void tell(Event event) {
    server.firewall.listeners.forEach(listener -> listener.refused(event, "APP_STANDBY"));
  }

  private void change() {
    AuditEntry entry =
        new AuditEntry(TestServer.NOW, new Author(0, "unix", ""), "chain standby", "off", "on");
    server.firewall.listeners.forEach(listener -> listener.changed(entry));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static String name(EventReader events) throws IOException {
    return events.next().orElseThrow().path("event").asText();
  }

  @Test
  void quota_isShownWithWhoIsToBlame() throws IOException {
    QuotaAlert alert = new QuotaAlert(QuotaAlert.Kind.RAPID, "mobile", 1860, OptionalLong.of(1000));
    try (EventReader events = events(UsageQuery.NONE)) {
      server.firewall.listeners.forEach(listener -> listener.alerted(alert));
      JsonNode event = events.next().orElseThrow();
      assertThat(event.path("event").asText()).isEqualTo("quota");
      assertThat(event.toString())
          .contains("\"id\":\"mobile\",\"kind\":\"RAPID\",\"bytes\":1860,\"uid\":1000");
    }
  }

  @Test
  void blockedStatus_isShownOnceForAllAlike_toItselfOnlyItsOwn() throws IOException {
    BlockedStatus status =
        new BlockedStatus(
            Instant.EPOCH,
            UidSet.of(List.of(1000L, 1001L)),
            true,
            true,
            List.of(),
            List.of("DOZE"),
            List.of("setting device"));
    String rest =
        "\"metered\":true,\"before\":[],\"after\":[\"DOZE\"],\"causes\":[\"setting device\"]";
    try (EventReader all = events(UsageQuery.NONE);
        EventReader own = events(UsageQuery.NONE.uid("1001"))) {
      server.firewall.listeners.forEach(listener -> listener.blocked(status));
      assertThat(all.next().orElseThrow().toString())
          .contains("blocked-status")
          .contains("\"uids\":[1000,1001],\"others\":true," + rest);
      assertThat(own.next().orElseThrow().toString()).contains("\"uids\":[1001],", rest);
    }
  }

  @Test
  void refusedPacket_isShownWithItsEnds() throws IOException {
    try (EventReader events = events(UsageQuery.NONE)) {
      refuse(1000);

      assertThat(events.next().orElseThrow())
          .isEqualTo(
              json(
                  "{'event':'drop','id':'boot-1-3600000000001',"
                      + "'time':'2026-03-01T11:00:05.123000007Z','kind':'uid','uid':1000,"
                      + "'name':'ann','reason':'APP_STANDBY','direction':'egress','iface':'eth0',"
                      + "'length':60,'protocol':6,'source':'192.0.2.7:50000',"
                      + "'target':'[2001:db8::1]:443'}"));
    }
  }

  @Test
  void refusedCall_hasNoPacket() throws IOException {
    try (EventReader events = events(UsageQuery.NONE)) {
      DropId create = new DropId(SlotId.UID_FOREIGN, 18, DropId.Call.CREATE);
      tell(new Event(7, create, 0, 0, 0, 0, Optional.empty()));

      JsonNode event = events.next().orElseThrow();
      assertThat(event.path("kind").asText()).isEqualTo("foreign");
      assertThat(event.path("direction").asText()).isEqualTo("create");
      assertThat(event.has("uid") || event.has("iface") || event.has("length")).isFalse();
    }
  }

  @Test
  void change_tellsWhoMadeIt() throws IOException {
    try (EventReader events = events(UsageQuery.NONE)) {
      change();

      assertThat(events.next().orElseThrow())
          .isEqualTo(
              json(
                  "{'event':'change','id':'boot-1-3600000000001','time':'2026-03-01T12:00:05.123Z',"
                      + "'uid':0,'transport':'unix','what':'chain standby','before':'off',"
                      + "'after':'on'}"));
    }
  }

  @Test
  void snapshot_isTold() throws IOException {
    try (EventReader events = events(UsageQuery.NONE)) {
      server.usage.lastPoll = TestServer.NOW;

      JsonNode event = events.next().orElseThrow();
      assertThat(event.path("event").asText()).isEqualTo("stats");
      assertThat(event.path("asOf").asText()).isEqualTo("2026-03-01T12:00:05.123Z");
    }
  }

  @Test
  void otherUid_seesItsOwnRefusals_andSnapshots() throws IOException {
    server.peer = OptionalLong.of(1000);
    try (EventReader events = events(UsageQuery.NONE.uid("self"))) {
      change();
      refuse(1001);
      refuse(1000);
      server.usage.lastPoll = TestServer.NOW;

      assertThat(events.next().orElseThrow().path("uid").asLong()).isEqualTo(1000);
      assertThat(name(events)).isEqualTo("stats");
    }
  }

  @Test
  void clientThatComesBack_getsWhatItMissed() throws IOException {
    refuse(1000);
    change();
    try (SocketChannel raw = open("boot-1-3600000000001")) {
      String text = TraceStreamTest.readTo(raw, "}\n\n");
      assertThat(text).contains("event: change\nid: boot-1-3600000000002\n");
      assertThat(text).doesNotContain("event: drop", "event: gap");
    }
  }

  @Test
  void clientOfAnotherBoot_isToldOfAGap_andGetsWhatThereIs() throws IOException {
    change();
    try (SocketChannel raw = open("boot-0-9900000000001")) {
      assertThat(TraceStreamTest.readTo(raw, "\"on\"}\n\n"))
          .contains("event: gap\ndata: {\"cause\":\"NOT_KEPT\"}\n\n")
          .contains("event: change\n");
    }
  }

  private SocketChannel open(String lastEventId) throws IOException {
    return TraceStreamTest.open(server, "/v1/events", "Last-Event-ID: " + lastEventId);
  }

  @Test
  void stoppedServer_listensNoMore() throws IOException {
    assertThat(server.firewall.listeners).hasSize(1);

    server.close();

    assertThat(server.firewall.listeners).isEmpty();
  }
}
