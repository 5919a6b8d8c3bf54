package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.kernel.Wire.PATIENCE;
import static org.uidnet.netd.kernel.Wire.SOON;
import static org.uidnet.netd.kernel.Wire.UID;
import static org.uidnet.netd.kernel.Wire.reason;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.kernel.Wire.Connection;
import org.uidnet.netd.sockets.SocketDestroyer;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.DropId.Call;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.layout.Layouts;

/** What the programs tell about refusals, and what becomes of the connection. */
@KernelTest
class RefusalsTest {
  private static final int UDP_HEADER = 8;
  private static final int RECORD = Layouts.EVENT.size() + 8;
  private static final int RING = Host.OBJECT.map("events").maxEntries();
  private static final long SECOND = 1_000_000_000;
  private static final int DOZABLE = reason(Layouts.CHAIN_DOZABLE);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final long TOLD_APART = 12; // milliseconds, some more than SYN_PAUSE

  private final SocketDestroyer destroyer = new SocketDestroyer();

  private final List<Event> events = new ArrayList<>();
  private Wire wire;

  @BeforeEach
  void open() {
    wire = new Wire("drops");
  }

  @AfterEach
  void close() {
    wire.close();
  }

  private void enable(int chains) {
    wire.rules.control().setEnabledChains(chains);
  }

  /** Without cutting anything. */
  private List<Event> poll() {
    wire.rules.awaitEvents(AT_ONCE);
    wire.rules.pollEvents(events::add);
    return events;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void udp_refused_isCountedEachTimeAndToldOnce(boolean ipv6) {
    enable(Layouts.CHAIN_DOZABLE);
    int length = (ipv6 ? 40 : 20) + UDP_HEADER + 5;
    try (Socket socket = wire.clients.open(UID, "udp", ipv6)) {
      for (int i = 0; i < 3; i++) {
        assertThat(socket.sendTo(wire.serverAddress(ipv6), 4_321, 5)).isEqualTo("EPERM");
      }

      assertThat(wire.dropped(DOZABLE, Call.EGRESS)).isEqualTo(new Drop(3, 3L * length));
      Event event = one();
      assertThat(event.id()).isEqualTo(new DropId(UID, DOZABLE, Call.EGRESS));
      assertThat(event.flow()).contains(flow(17, socket.port(), 4_321, ipv6));
      assertThat(event.cookie()).isEqualTo(socket.cookie());
      assertThat(event.netns()).isEqualTo(wire.network().netns());
      assertThat(event.ifindex()).isEqualTo(wire.network().ifindex());
      assertThat(event.length()).isEqualTo(length);
    }
  }

  private Event one() {
    assertThat(poll()).hasSize(1);
    return events.get(0);
  }

  private Flow flow(int protocol, int source, int target, boolean ipv6) {
    return new Flow(
        protocol,
        new InetSocketAddress(wire.clientAddress(ipv6), source),
        new InetSocketAddress(wire.serverAddress(ipv6), target));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void incoming_refused_isToldWithItsSender(boolean ipv6) {
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket receiver = wire.clients.open(UID, "udp", ipv6);
        Socket server = wire.servers.server("udp", ipv6)) {
      assertThat(receiver.call("bind", wire.clientAddress(ipv6), 0)).isEqualTo("ok");
      assertThat(server.sendTo(wire.clientAddress(ipv6), receiver.port(), 5)).isEqualTo("5");
      assertThat(receiver.receive(PATIENCE)).isEqualTo("waiting");

      Event event = one();
      assertThat(event.id().call()).isEqualTo(Call.INGRESS);
      Flow sent = flow(17, receiver.port(), server.port(), ipv6);
      assertThat(event.flow()).contains(new Flow(17, sent.target(), sent.source()));
    }
  }

  @Test
  void calls_refused_areToldWithoutAFlow() {
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket client = wire.clients.open(UID, "tcp", false)) {
      assertThat(client.connect(wire.serverAddress(false), 80, SOON)).isEqualTo("EPERM");
    }
    wire.flags(UID, Layouts.UID_NO_INTERNET);
    assertThat(wire.clients.tryOpen(UID, "udp", true)).isEqualTo("EPERM");

    assertThat(poll())
        .extracting(Event::id)
        .containsExactly(
            new DropId(UID, DOZABLE, Call.CONNECT),
            new DropId(UID, Layouts.REASON_NO_INTERNET_PERMISSION, Call.CREATE));
    assertThat(events).extracting(Event::flow).containsOnly(Optional.empty());
    assertThat(wire.dropped(DOZABLE, Call.CONNECT)).isEqualTo(new Drop(1, 0));
  }

  @Test
  void everyReason_isToldByItself() {
    wire.rules(UID, Layouts.CHAIN_STANDBY | Layouts.CHAIN_OEM_DENY_1);
    try (Socket socket = wire.clients.open(UID, "udp", false)) {
      for (int chain : new int[] {Layouts.CHAIN_STANDBY, Layouts.CHAIN_OEM_DENY_1}) {
        enable(chain);
        assertThat(socket.sendTo(wire.serverAddress(false), 9, 5)).isEqualTo("EPERM");
      }
    }
    assertThat(poll())
        .extracting(event -> event.id().reason())
        .containsExactly(reason(Layouts.CHAIN_STANDBY), reason(Layouts.CHAIN_OEM_DENY_1));
  }

  /** Sends until a second has passed by itself. */
  @Test
  void refusedForLong_isToldOnceASecondAndCountedExactly() {
    enable(Layouts.CHAIN_DOZABLE);
    int sent = 0;
    try (Socket socket = wire.clients.open(UID, "udp", false)) {
      while (poll().size() < 3 && sent < 10_000_000) {
        assertThat(socket.sendTo(wire.serverAddress(false), 9, 5)).isEqualTo("EPERM");
        sent++;
      }
    }
    for (int i = 1; i < events.size(); i++) {
      assertThat(events.get(i).time() - events.get(i - 1).time())
          .isBetween(SECOND, SECOND + SECOND / 2);
    }
    assertThat(wire.dropped(DOZABLE, Call.EGRESS).packets()).isEqualTo(sent);
  }

  @Test
  @Tag("fault")
  void nobodyReads_whatFindsNoRoomIsCountedAsLost() {
    enable(Layouts.CHAIN_DOZABLE);
    int uids = 4000;
    Traffic.in(wire.host.cgroup.path())
        .namespace(wire.pair.clientNamespace())
        .run("udp-uids", wire.serverAddress(false), 9, 5, 1, 20_000, uids);

    int room = RING / RECORD;
    assertThat(poll()).hasSize(room);
    assertThat(events).extracting(event -> event.id().uid()).doesNotHaveDuplicates();
    assertThat(wire.rules.control().lostEvents()).isEqualTo(uids - room);
    assertThat(wire.rules.drops().entries()).hasSize(uids).containsValue(new Drop(1, 33));
    assertThat(wire.rules.control().uncountedDrops()).isZero();
  }

  @Test
  @Tag("fault")
  void noRoomToCount_isSaid() {
    for (int i = 0; i < Host.OBJECT.map("drops").maxEntries(); i++) {
      wire.rules.drops().put(new DropId(1_000_000L + i, 1, Call.BIND), Drop.NONE);
    }
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket socket = wire.clients.open(UID, "udp", false)) {
      assertThat(socket.sendTo(wire.serverAddress(false), 9, 5)).isEqualTo("EPERM");
    }
    assertThat(wire.rules.control().uncountedDrops()).isEqualTo(1);
  }

  /** As two readers one after the other: the place is kept in the buffer itself. */
  @Test
  void events_afterARestart_goOnWhereTheLastReaderWas() {
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket socket = wire.clients.open(UID, "udp", false)) {
      socket.sendTo(wire.serverAddress(false), 9, 5);
      one();
      wire.rules(UID, 0);
      enable(Layouts.CHAIN_POWERSAVE);
      wire.attachment.close();
      socket.sendTo(wire.serverAddress(false), 9, 5);
    }
    List<Event> later = new ArrayList<>();
    wire.host.attach().rules().pollEvents(later::add);
    assertThat(later)
        .extracting(event -> event.id().reason())
        .containsExactly(reason(Layouts.CHAIN_POWERSAVE));
  }

  /** What the daemon does with events; answers how many there were. */
  private int cut() {
    wire.rules.awaitEvents(Duration.ofSeconds(2));
    return wire.rules.pollEvents(
        event -> {
          events.add(event);
          destroyer.destroy(event);
        });
  }

  /**
   * Where only the packet hook can judge: the SYN is dropped, and the connect fails at once. Not
   * only the first of a second.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusedSyns_connectsFailInsteadOfWaiting(boolean ipv6) throws InterruptedException {
    wire.network(Layouts.NETWORK_METERED);
    enable(Layouts.CHAIN_METERED_ALLOW);
    try (Socket listener = wire.servers.server("tcp", ipv6)) {
      for (int i = 0; i < 5; i++) {
        Thread.sleep(TOLD_APART);
        try (Socket client = wire.clients.open(UID, "tcp", ipv6)) {
          assertThat(client.connect(wire.serverAddress(ipv6), listener.port(), 1))
              .isEqualTo("waiting");
          int port = client.port();

          assertThat(cut()).isEqualTo(1);

          assertThat(client.receive(SOON)).isEqualTo("ECONNABORTED");
          assertThat(events.get(i).flow()).contains(flow(6, port, listener.port(), ipv6));
        }
      }
    }
  }

  @Test
  void refusedSegment_endsTheConnectionAndNoOther() {
    wire.network(Layouts.NETWORK_METERED);
    try (Socket listener = wire.servers.server("tcp", false);
        Connection wanted = wire.connect(listener, UID, false);
        Connection other = wire.connect(listener, UID + 1, false)) {
      wire.rules(UID, Layouts.CHAIN_METERED_DENY_USER);
      enable(Layouts.CHAIN_METERED_DENY_USER);
      assertThat(wanted.client().send(5)).isEqualTo("5");

      cut();

      assertThat(wanted.client().receive(SOON)).isEqualTo("ECONNABORTED");
      other.assertCarries();
    }
  }
}
