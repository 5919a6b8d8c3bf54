package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.TagRequest;
import org.uidnet.api.model.TracedPacket;
import org.uidnet.api.model.TracedPacket.Direction;
import org.uidnet.api.model.TracedPacket.Headers;
import org.uidnet.api.model.TracedPacket.Verdict;
import org.uidnet.api.model.TracedPacket.Whose;
import org.uidnet.netd.sys.BootClock;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Patience;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.layout.Control;
import org.uidnet.stats.Kind;

/** Packets of real sockets, asked for over HTTP of a daemon on this kernel. */
@KernelTest
@Timeout(180)
class TraceTest extends DaemonTest {
  private static final long UID = 31_301;
  private static final long OTHER = 31_302;
  private static final int SOON = Patience.of(5000);
  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int UDP = 8;

  private EventReader trace(UsageQuery query) throws IOException {
    return daemon.client().events(ApiRequest.trace(query));
  }

  private EventReader traceOf(long uid) throws IOException {
    return trace(UsageQuery.NONE.uid(Long.toString(uid)));
  }

  private static TracedPacket next(EventReader events) throws IOException {
    JsonNode event = events.next().orElseThrow();
    assertThat(event.path("event").asText()).isEqualTo("packet");
    return Json.LENIENT.treeToValue(event, TracedPacket.class);
  }

  private Control control() {
    return daemon.platform().accounting().control();
  }

  private static Headers tcp(int source, int target, String flags) {
    return new Headers(
        4,
        6,
        Optional.of("tcp"),
        Optional.of(source),
        Optional.of(target),
        Optional.empty(),
        Optional.empty(),
        Optional.of(flags));
  }

  private static Headers udp(int version, int source, int target) {
    return new Headers(
        version,
        17,
        Optional.of("udp"),
        Optional.of(source),
        Optional.of(target),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Headers icmp(int version, int type) {
    return new Headers(
        version,
        version == 6 ? 58 : 1,
        Optional.of(version == 6 ? "icmpv6" : "icmp"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(type),
        Optional.of(0),
        Optional.empty());
  }

  private static Whose of(long uid) {
    return new Whose(Kind.UID, Optional.of(uid), Optional.empty(), Optional.of(uid), 0);
  }

  private static void assertPassed(
      TracedPacket packet, Direction direction, int length, Headers headers) {
    assertThat(packet.direction()).isEqualTo(direction);
    assertThat(packet.length()).isEqualTo(length);
    assertThat(packet.headers()).isEqualTo(headers);
    assertThat(packet.whose()).isEqualTo(of(UID));
    assertThat(packet.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(packet.reason()).isEmpty();
    assertThat(packet.wakeup()).isFalse();
  }

  @Test
  void tcp_isToldFromSynToFin() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket listener = sockets.server("tcp", false);
        EventReader events = traceOf(UID)) {
      Socket client = sockets.open(UID, "tcp", false);
      final long before = BootClock.nanos();
      assertThat(client.connect("127.0.0.1", listener.port(), SOON)).isEqualTo("ok");
      int from = client.port();
      int to = listener.port();

      TracedPacket syn = next(events);
      assertPassed(syn, Direction.EGRESS, 60, tcp(from, to, "S"));
      assertThat(syn.iface()).isEqualTo("lo");
      assertThat(syn.ifindex()).isEqualTo(1);
      assertThat(syn.netns()).isEmpty();
      assertThat(syn.socketCookie()).isEqualTo(client.cookie());
      assertThat(syn.bootNanos()).isBetween(before, BootClock.nanos());
      assertThat(syn.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertPassed(next(events), Direction.INGRESS, 60, tcp(to, from, "SA"));
      assertPassed(next(events), Direction.EGRESS, 52, tcp(from, to, "A"));

      Socket server = listener.accept();
      assertThat(client.send(100)).isEqualTo("100");
      assertPassed(next(events), Direction.EGRESS, 152, tcp(from, to, "PA"));
      assertPassed(next(events), Direction.INGRESS, 52, tcp(to, from, "A"));

      assertThat(client.call("finish")).isEqualTo("ok");
      assertPassed(next(events), Direction.EGRESS, 52, tcp(from, to, "FA"));
      server.close();
      client.close();
    }
  }

  @Test
  void udp_isTold_andOthersAreNot() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        Socket other = sockets.open(OTHER, "udp", false);
        EventReader events = traceOf(UID)) {
      assertThat(other.sendTo("127.0.0.1", server.port(), 50)).isEqualTo("50");
      assertThat(client.sendTo("127.0.0.1", server.port(), 200)).isEqualTo("200");
      assertThat(server.receive(SOON)).isEqualTo("50");
      assertThat(server.sendTo("127.0.0.1", client.port(), 70)).isEqualTo("70");

      Headers there = udp(4, client.port(), server.port());
      assertPassed(next(events), Direction.EGRESS, IPV4 + UDP + 200, there);
      Headers back = udp(4, server.port(), client.port());
      assertPassed(next(events), Direction.INGRESS, IPV4 + UDP + 70, back);
    }
  }

  @Test
  void taggedSocket_isToldWithItsTag_andWhoIsCharged() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        EventReader events = traceOf(UID)) {
      daemon.client().send(ApiRequest.tag(tag(sockets, client, 0x1001, OTHER)));

      client.sendTo("127.0.0.1", server.port(), 10);

      assertThat(next(events).whose())
          .isEqualTo(
              new Whose(Kind.UID, Optional.of(OTHER), Optional.empty(), Optional.of(UID), 0x1001));
    }
  }

  private static TagRequest tag(Sockets in, Socket socket, long tag, long charged) {
    return new TagRequest(
        Optional.of(in.pid()),
        Optional.of(socket.descriptor()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(tag),
        Optional.of(charged));
  }

  @Test
  void everybody_isTold_whereNobodyIsNamed() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        EventReader events = trace(UsageQuery.NONE)) {
      client.sendTo("127.0.0.1", server.port(), 200);

      assertThat(next(events).whose()).isEqualTo(of(UID));
      TracedPacket arrived = next(events);
      assertThat(arrived.whose().uid()).contains(0L);
      assertThat(arrived.whose().name()).contains("root");
      assertThat(arrived.direction()).isEqualTo(Direction.INGRESS);
    }
  }

  @Test
  void droppedPacket_isToldWithItsReason() throws IOException {
    daemon.client().send(ApiRequest.setRule("standby", UID, RuleRequest.DENY));
    daemon.client().send(ApiRequest.setEnabled("standby", true));
    try (VethPair wire = new VethPair("trace", 1500, true);
        Sockets sockets = new Sockets(daemon.traffic().namespace(wire.clientNamespace()));
        Socket client = sockets.open(UID, "udp", false);
        Socket other = sockets.open(OTHER, "udp", false);
        EventReader events = trace(UsageQuery.NONE.dropped(true))) {
      assertThat(other.sendTo(wire.serverAddress(false), 9, 10)).isEqualTo("10");
      assertThat(client.sendTo(wire.serverAddress(false), 9, 100)).isEqualTo("EPERM");

      TracedPacket dropped = next(events);
      assertThat(dropped.verdict()).isEqualTo(Verdict.DROPPED);
      assertThat(dropped.whose()).isEqualTo(of(UID));
      assertThat(dropped.reason()).contains("APP_STANDBY");
      assertThat(dropped.length()).isEqualTo(IPV4 + UDP + 100);
      assertThat(dropped.netns()).isPresent();
      assertThat(dropped.iface()).isEqualTo("netns:" + dropped.netns().orElseThrow() + "/veth0");
    }
  }

  @Test
  void pings_areToldByTypeAndCode() throws IOException {
    try (VethPair wire = new VethPair("trace", 1500, true)) {
      wire.in(wire.clientNamespace(), "sysctl -qw net.ipv4.ping_group_range=0\t2147483647");
      try (Sockets sockets = new Sockets(daemon.traffic().namespace(wire.clientNamespace()));
          EventReader events = traceOf(UID)) {
        for (boolean ipv6 : new boolean[] {false, true}) {
          int header = ipv6 ? IPV6 : IPV4;
          int version = ipv6 ? 6 : 4;
          try (Socket client = sockets.open(UID, "icmp", ipv6)) {
            assertThat(client.call("ping", 64, wire.serverAddress(ipv6))).isEqualTo("64");
            assertThat(client.receive(SOON)).isEqualTo("64");

            Headers request = icmp(version, ipv6 ? 128 : 8);
            assertPassed(next(events), Direction.EGRESS, header + 64, request);
            Headers reply = icmp(version, ipv6 ? 129 : 0);
            assertPassed(next(events), Direction.INGRESS, header + 64, reply);
          }
        }
      }
    }
  }

  @Test
  void extensionHeaders_areLookedThrough() throws IOException {
    try (VethPair wire = new VethPair("trace", 1500, true);
        Sockets sockets = new Sockets(daemon.traffic().namespace(wire.clientNamespace()));
        Socket client = sockets.open(UID, "udp", true);
        EventReader events = traceOf(UID)) {
      assertThat(client.as(0).call("options")).isEqualTo("ok");
      assertThat(client.sendTo(wire.serverAddress(true), 9, 30)).isEqualTo("30");

      Headers headers = udp(6, client.port(), 9);
      assertPassed(next(events), Direction.EGRESS, IPV6 + 16 + UDP + 30, headers);
    }
  }

  /** The hooks see it before it is cut, and put together again. */
  @Test
  void datagramInFragments_isOnePacket() throws IOException {
    try (VethPair wire = new VethPair("trace", 1500, true);
        Sockets sockets = new Sockets(daemon.traffic().namespace(wire.clientNamespace()));
        Sockets others = new Sockets(daemon.traffic().namespace(wire.serverNamespace()));
        Socket server = others.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        EventReader events = trace(UsageQuery.NONE)) {
      assertThat(client.sendTo(wire.serverAddress(false), server.port(), 4000)).isEqualTo("4000");
      assertThat(server.receive(SOON)).isEqualTo("4000");

      Headers headers = udp(4, client.port(), server.port());
      assertPassed(next(events), Direction.EGRESS, IPV4 + UDP + 4000, headers);
      TracedPacket arrived = next(events);
      assertThat(arrived.length()).isEqualTo(IPV4 + UDP + 4000);
      assertThat(arrived.headers()).isEqualTo(headers);
    }
  }

  @Test
  void sampledOneOfTen_givesATenth() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        EventReader sampled = trace(UsageQuery.NONE.uid(Long.toString(UID)).every(10))) {
      assertThat(control().traceEvery()).isEqualTo(10);
      send(client, server, 200, 1000);
      send(client, server, 7, 10);

      for (int i = 0; i < 100; i++) {
        assertThat(next(sampled).length()).isEqualTo(IPV4 + UDP + 200);
      }
      assertThat(next(sampled).length()).isEqualTo(IPV4 + UDP + 7);
    }
  }

  private static void send(Socket from, Socket to, int size, int count) {
    int port = to.port();
    for (int i = 0; i < count; i++) {
      assertThat(from.sendTo("127.0.0.1", port, size)).isEqualTo(Integer.toString(size));
    }
  }

  @Test
  void lastClientThatLeaves_leavesNothing() throws Exception {
    EventReader first = traceOf(UID);
    EventReader second = trace(UsageQuery.NONE.every(5));
    assertThat(control().traceEvery()).isEqualTo(1);
    first.close();
    second.close();

    Thread reader =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("uidnet-traces"))
            .findFirst()
            .orElseThrow();
    reader.join(Duration.ofSeconds(30).toMillis());

    assertThat(reader.isAlive()).isFalse();
    assertThat(control().traceEvery()).isZero();
  }

  @Test
  void traceThatAKilledDaemonLeftOn_isTurnedOff() throws IOException {
    control().trace(3, UID);
    daemon.leave();

    daemon.start();

    assertThat(control().traceEvery()).isZero();
  }
}
