package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Layouts;

/** {@code GET /v1/trace} over a real server. */
@Timeout(180)
class TraceStreamTest {
  private static final long SECOND = 1_000_000_000;
  private static final Limits LIMITS =
      new Limits(10_000, 10_000, 100, 1000, 2, 6, 9, 100, Duration.ofSeconds(10));

  @TempDir Path dir;
  private TestServer server;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir, LIMITS);
    client = UidnetClient.overSocket(server.socket);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Trace packet(long uid, long owner, int reason) {
    return new Trace(
        TestServer.SINCE_BOOT + SECOND + 7,
        7,
        0x1234,
        2,
        60,
        uid,
        owner,
        0x1001,
        50_000,
        443,
        reason,
        true,
        4,
        6,
        2,
        false);
  }

  private EventReader trace(UsageQuery query) throws IOException {
    return client.events(ApiRequest.trace(query));
  }

  private EventReader traceAs(long uid) throws IOException {
    server.peer = OptionalLong.of(uid);
    return trace(UsageQuery.NONE.uid("self"));
  }

  @Test
  void packet_isShownWithEveryField() throws IOException {
    try (EventReader events = trace(UsageQuery.NONE)) {
      server.traces.packet(packet(1000, 1001, Layouts.REASON_NONE));

      assertThat(events.next().orElseThrow())
          .isEqualTo(
              json(
                  "{'event':'packet','id':'boot-1-3601000000007',"
                      + "'time':'2026-03-01T12:00:06.123000007Z','bootNanos':3601000000007,"
                      + "'iface':'eth0','ifindex':2,'direction':'egress','kind':'uid','uid':1000,"
                      + "'name':'ann','owner':1001,'tag':4097,'length':60,'ipVersion':4,"
                      + "'protocol':6,'protocolName':'tcp','sourcePort':50000,'targetPort':443,"
                      + "'tcpFlags':'S','wakeup':false,'verdict':'passed','socketCookie':4660}"));
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void droppedPacket_hasItsReason() throws IOException {
    try (EventReader events = trace(UsageQuery.NONE)) {
      server.traces.packet(packet(1000, 1000, 3));

      JsonNode event = events.next().orElseThrow();
      assertThat(event.path("verdict").asText()).isEqualTo("dropped");
      assertThat(event.path("reason").asText()).isEqualTo("REASON_3");
    }
  }

  @Test
  void packetOfAForeignSocket_isNobodys() throws IOException {
    try (EventReader events = trace(UsageQuery.NONE)) {
      server.traces.packet(packet(SlotId.UID_FOREIGN, SlotId.UID_FOREIGN, Layouts.REASON_NONE));

      JsonNode event = events.next().orElseThrow();
      assertThat(event.path("kind").asText()).isEqualTo("foreign");
      assertThat(event.has("uid") || event.has("owner") || event.has("name")).isFalse();
    }
  }

  @Test
  void byDefault_eventsAreServerSent() throws IOException {
    try (SocketChannel raw = open(server, "/v1/trace", "Accept: text/event-stream")) {
      assertThat(readTo(raw, ":\n\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Type: text/event-stream\r\n", "Connection: close\r\n")
          .contains("Cache-Control: no-store\r\n");
      server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));

      assertThat(readTo(raw, "}\n\n"))
          .contains("event: packet\nid: boot-1-3601000000007\ndata: {\"time\":\"2026");
    }
  }

  @Test
  void parameter_comesBeforeTheHeader() throws IOException {
    try (SocketChannel raw = open(server, "/v1/trace?format=sse", "Accept: application/x-ndjson")) {
      assertThat(readTo(raw, ":\n\n")).contains("text/event-stream");
    }
    try (SocketChannel raw = open(server, "/v1/trace?format=jsonl", "Accept: text/event-stream")) {
      assertThat(readTo(raw, "\r\n\r\n")).contains("application/x-ndjson");
    }
  }

  @Test
  void clientThatComesBack_isToldThatItMissedSome() throws IOException {
    try (SocketChannel raw = open(server, "/v1/trace", "Last-Event-ID: boot-1-5")) {
      assertThat(readTo(raw, "}\n\n")).contains("event: gap\ndata: {\"cause\":\"NOT_KEPT\"}");
    }
  }

  @Test
  void head_doesNotTrace() throws IOException {
    var reply = server.unix(0, "HEAD", "/v1/trace");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("text/event-stream");
    assertThat(server.traces.filters()).isEmpty();
  }

  @Test
  void lostPackets_areAGap() throws IOException {
    try (EventReader events = trace(UsageQuery.NONE)) {
      server.traces.lost(12);

      assertThat(events.next())
          .contains(json("{'event':'gap','cause':'KERNEL_BUFFER_FULL','count':12}"));
    }
  }

  @Test
  void parameters_becomeTheFilter() throws IOException {
    UsageQuery query = UsageQuery.NONE.uid("1000").every(10).direction("egress").dropped(true);
    TraceFilter filter = filterOf(query.iface("eth0"));

    assertThat(filter.owner()).hasValue(1000);
    assertThat(filter.every()).isEqualTo(10);
    assertThat(filter.matches(packet(1, 1000, 3))).isTrue();
    assertThat(filter.matches(packet(1000, 1, 3))).as("whose").isFalse();
    assertThat(filter.matches(packet(1, 1000, Layouts.REASON_NONE))).as("dropped").isFalse();
    assertThat(filterOf(query.direction("ingress")).matches(packet(1, 1000, 3))).isFalse();
    assertThat(filterOf(query.iface("lo")).matches(packet(1, 1000, 3))).isFalse();
  }

  @Test
  void withoutParameters_everyPacketIsMeant() throws IOException {
    assertThat(filterOf(UsageQuery.NONE))
        .isEqualTo(new TraceFilter(OptionalLong.empty(), 1, Optional.empty()));
  }

  private TraceFilter filterOf(UsageQuery query) throws IOException {
    EventReader events = trace(query);
    TraceFilter filter = server.traces.filters().get(0);
    events.close();
    assertThat(server.traces.awaitEnd()).isTrue();
    return filter;
  }

  @Test
  void parameters_thatMeanNothing_areRefused() throws IOException {
    assertThat(server.get(0, "/v1/trace?every=0").detail())
        .isEqualTo("'0' is no sample; write n for one of n packets, 1 to 1000000.");
    assertThat(server.get(0, "/v1/trace?uid=1,2").detail())
        .isEqualTo("A trace is of one UID, or of all without 'uid'.");
    assertThat(server.get(0, "/v1/trace?uid=1000-1999").status()).isEqualTo(400);
    assertThat(server.get(0, "/v1/trace?uid=removed").status()).isEqualTo(400);
    assertThat(server.get(0, "/v1/trace?direction=up").status()).isEqualTo(400);
    assertThat(server.get(0, "/v1/trace?format=pcap").detail())
        .isEqualTo("'pcap' is not one of jsonl, sse.");
    assertThat(server.traces.filters()).isEmpty();
  }

  @Test
  void otherUid_tracesItselfOnly() throws IOException {
    server.peer = OptionalLong.of(1234);
    assertThatThrownBy(() -> trace(UsageQuery.NONE))
        .isInstanceOf(ProblemException.class)
        .hasMessage("UID 1234 may see its own usage only: add uid=self.");
    assertThatThrownBy(() -> trace(UsageQuery.NONE.uid("1000")))
        .isInstanceOf(ProblemException.class);

    try (EventReader events = trace(UsageQuery.NONE.uid("self"))) {
      assertThat(server.traces.filters().get(0).owner()).hasValue(1234);
      server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));
      server.traces.packet(packet(1234, 1234, Layouts.REASON_NONE));
      assertThat(events.next().orElseThrow().path("uid").asLong()).isEqualTo(1234);
    }
  }

  @Test
  void clientOfTheSocket_thatLeaves_endsTheTrace() throws IOException {
    trace(UsageQuery.NONE).close();

    assertThat(server.traces.awaitEnd()).isTrue();
    assertThat(server.traces.filters()).isEmpty();
  }

  @Test
  void clientOfTcp_thatLeaves_endsTheTrace() throws IOException {
    UidnetClient.overTcp(server.http(), server.token())
        .events(ApiRequest.trace(UsageQuery.NONE))
        .close();

    assertThat(server.traces.awaitEnd()).isTrue();
  }

  @Test
  void clientThatLeaves_whilePacketsCome_endsTheTrace() throws IOException {
    EventReader events = trace(UsageQuery.NONE);
    server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));
    events.next();
    events.close();
    server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));

    assertThat(server.traces.awaitEnd()).isTrue();
  }

  @Test
  void slowReader_getsTheLatest_andLearnsHowManyItMissed() throws IOException {
    int sent = 60_000;
    try (EventReader events = trace(UsageQuery.NONE)) {
      for (int i = 0; i < sent; i++) {
        server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));
      }
      server.traces.packet(packet(1001, 1001, Layouts.REASON_NONE));

      long missed = 0;
      long received = 0;
      JsonNode event = events.next().orElseThrow();
      while (event.path("uid").asLong() != 1001) {
        boolean gap = event.path("event").asText().equals("gap");
        missed += gap ? event.path("count").asLong() : 0;
        received += gap ? 0 : 1;
        event = events.next().orElseThrow();
      }
      assertThat(missed).isPositive();
      assertThat(received + missed).isEqualTo(sent);
    }
  }

  @Test
  void streamsOfOneUid_areLimited_untilOneEnds() throws IOException {
    try (EventReader first = traceAs(1234)) {
      assertThat(first).isNotNull();
      EventReader second = traceAs(1234);
      assertThatThrownBy(() -> traceAs(1234))
          .isInstanceOf(ProblemException.class)
          .hasMessage("This UID has 2 open streams; close one.");
      second.close();

      traceAsSoonAsThereIsRoom(1234).close();
    }
  }

  private EventReader traceAsSoonAsThereIsRoom(long uid) throws IOException {
    while (true) {
      try {
        return traceAs(uid);
      } catch (ProblemException e) {
        assertThat(e.status()).isEqualTo(429);
      }
    }
  }

  @Test
  void streamsOfUsers_leaveHalfOfAllToAdmins() throws IOException {
    List<EventReader> open = new ArrayList<>();
    try {
      open.add(traceAs(1234));
      open.add(traceAs(1234));
      open.add(traceAs(1235));
      assertThatThrownBy(() -> traceAs(1236))
          .isInstanceOf(ProblemException.class)
          .hasMessage("The server has as many open streams as it takes; try again later.");
      for (int i = 0; i < 3; i++) {
        open.add(traceAs(0));
      }
      assertThatThrownBy(() -> traceAs(0)).isInstanceOf(ProblemException.class);
    } finally {
      for (EventReader events : open) {
        events.close();
      }
    }
  }

  @Test
  void serverThatStops_endsStreamsCleanly() throws IOException {
    try (EventReader events = trace(UsageQuery.NONE)) {
      server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));
      server.close();

      assertThat(events.next().orElseThrow().path("uid").asLong()).isEqualTo(1000);
      assertThat(events.next()).isEmpty();
    }
    assertThat(server.traces.filters()).isEmpty();
  }

  @Test
  void reader_thatIsClosedByAnotherThread_ends() throws Exception {
    try (EventReader events = trace(UsageQuery.NONE)) {
      Thread closer = new Thread(() -> closeAfterAPacket(events));
      closer.start();

      while (events.next().isPresent()) {
        // until the other thread closes it
      }
      closer.join();
    }
  }

  private void closeAfterAPacket(EventReader events) {
    try {
      server.traces.packet(packet(1000, 1000, Layouts.REASON_NONE));
      events.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static SocketChannel open(TestServer server, String target, String... headers)
      throws IOException {
    server.peer = OptionalLong.of(0);
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket));
    HttpText.write(channel, HttpText.request("GET", target, headers));
    return channel;
  }

  /** Reads until the text has this in it. */
  static String readTo(SocketChannel channel, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      String next = HttpText.firstBytes(channel, 1);
      if (next.isEmpty()) {
        throw new EOFException(text.toString());
      }
      text.append(next);
    }
    return text.toString();
  }
}
