package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.kernel.Wire.PATIENCE;
import static org.uidnet.netd.kernel.Wire.SOON;
import static org.uidnet.netd.kernel.Wire.UID;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.kernel.Wire.Connection;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Pidfd;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DropId.Call;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotState;

/**
 * Tags of TCP connections and of sockets under rules, on a wire whose other end is counted too:
 * what one side has sent the other has received. What contracts say on loopback is not told again.
 */
@KernelTest
class TagDatapathTest {
  private static final long CHARGED = 10_125;
  private static final long SERVER = 10_126;
  private static final long RESOLVER = 1051;
  private static final long TAG = 0xF00D;

  private Wire wire;
  private AccountingMaps maps;
  private Sockets servers;

  @BeforeEach
  void open() {
    wire = new Wire("tags");
    maps = wire.attachment.accounting();
    servers =
        new Sockets(
            org.uidnet.netd.testing.Traffic.in(wire.host.cgroup.path())
                .namespace(wire.pair.serverNamespace()));
  }

  @AfterEach
  void close() {
    servers.close();
    wire.close();
  }

  /** Of {@code SERVER}. */
  private Socket listener(boolean ipv6) {
    Socket listener = servers.open(SERVER, "tcp", ipv6);
    assertThat(listener.call("bind", wire.serverAddress(ipv6), 0)).isEqualTo("ok");
    assertThat(listener.call("listen")).isEqualTo("ok");
    return listener;
  }

  /** As the daemon does it. */
  private void tag(Socket socket, long tag, long charged) {
    account(UID, Layouts.ACCOUNTS_TAGS);
    withCopy(socket, copy -> maps.setSocketTag(copy, new SocketTag(tag, charged, 0)));
  }

  private interface Use {
    void of(int descriptor);
  }

  private void withCopy(Socket socket, Use use) {
    try (Fd process = Pidfd.open(wire.clients.pid());
        Fd copy = Pidfd.get(process, socket.descriptor())) {
      use.of(copy.number());
    }
  }

  private void account(long uid, int bit) {
    maps.uids().setAccounting((int) uid, maps.uids().accounting((int) uid) | bit);
  }

  /** Whose traffic, under which tag. */
  private record Key(long uid, long tag) {}

  /** All that was counted so far. */
  private Map<Key, Traffic> counted() {
    Datapath datapath = wire.attachment.datapath();
    Map<Key, Traffic> counted = new HashMap<>();
    for (int slot = 1; slot < datapath.slots().slots(); slot++) {
      if (datapath.slotKeys().state(slot) == SlotState.LIVE) {
        var id = datapath.slotKeys().id(slot);
        counted.merge(
            new Key(id.uid(), id.tag()), datapath.slots().read(slot).wire(), Traffic::plus);
      }
    }
    return counted;
  }

  private Traffic counted(long uid, long tag) {
    return counted().getOrDefault(new Key(uid, tag), Traffic.NONE);
  }

  /** What the other side has counted, seen from this one. */
  private Traffic ofTheServer() {
    Traffic traffic = counted(SERVER, 0);
    return new Traffic(
        traffic.txBytes(), traffic.txPackets(), traffic.rxBytes(), traffic.rxPackets());
  }

  /** Exchanges bytes, all of which are in this row then, headers and acknowledgements too. */
  private void assertExchangeIsIn(long uid, long tag, Connection connection) {
    Map<Key, Traffic> before = counted();
    Traffic rowBefore = before.getOrDefault(new Key(uid, tag), Traffic.NONE);
    Traffic serverBefore = ofTheServer();
    exchange(connection, 50_000);
    Settled.assertEquals(
        "in the row of UID %d, tag %#x".formatted(uid, tag),
        () -> counted(uid, tag).minus(rowBefore),
        () -> ofTheServer().minus(serverBefore));
    assertThat(counted(uid, tag).minus(rowBefore).txBytes()).isBetween(50_000L, 56_000L);
    assertThat(others(uid, tag, counted())).isEqualTo(others(uid, tag, before));
  }

  private static Map<Key, Traffic> others(long uid, long tag, Map<Key, Traffic> counted) {
    Map<Key, Traffic> others = new HashMap<>(counted);
    others.remove(new Key(uid, tag));
    others.remove(new Key(SERVER, 0));
    return others;
  }

  /** Both ways, so that segments and acknowledgements are of either side. */
  private static void exchange(Connection connection, int bytes) {
    send(connection.client(), connection.server(), bytes);
    send(connection.server(), connection.client(), bytes);
  }

  private static void send(Socket from, Socket to, int bytes) {
    int sent = 0;
    int got = 0;
    while (got < bytes) {
      sent += sent < bytes ? Integer.parseInt(from.send(bytes - sent)) : 0;
      got += Integer.parseInt(to.receive(SOON));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connection_retaggedInMidStream_everyByteIsInTheRowOfItsTime(boolean ipv6) {
    try (Socket listener = listener(ipv6);
        Connection connection = wire.connect(listener, UID, ipv6)) {
      if (HostKernel.judgesAnswersToSyns(ipv6)) {
        Settled.assertEquals("handshake", () -> counted(UID, 0), this::ofTheServer);
      }
      assertExchangeIsIn(UID, 0, connection);
      for (long tag : new long[] {TAG, TAG + 4, TAG}) {
        tag(connection.client(), tag, UID);
        assertExchangeIsIn(UID, tag, connection);
      }
      tag(connection.client(), TAG, CHARGED);
      assertExchangeIsIn(CHARGED, TAG, connection);
      withCopy(connection.client(), copy -> maps.removeSocketTag(copy));
      assertExchangeIsIn(UID, 0, connection);
    }
  }

  /** The handshake is the listener's, tag and all. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void acceptedConnection_hasNoTag(boolean ipv6) {
    Socket client = servers.open(SERVER, "tcp", ipv6);
    try (Socket listener = wire.clients.open(UID, "tcp", ipv6)) {
      assertThat(listener.call("bind", wire.clientAddress(ipv6), 0)).isEqualTo("ok");
      assertThat(listener.call("listen")).isEqualTo("ok");
      tag(listener, TAG, UID);
      assertThat(client.connect(wire.clientAddress(ipv6), listener.port(), SOON)).isEqualTo("ok");
      try (Connection connection = new Connection(listener.accept(), client)) {
        withCopy(connection.client(), copy -> assertThat(maps.socketTag(copy)).isEmpty());
        if (HostKernel.judgesAnswersToSyns(ipv6)) {
          Settled.assertEquals(
              "handshake", () -> counted(UID, TAG).plus(counted(UID, 0)), this::ofTheServer);
        }
        assertThat(counted(UID, TAG).rxPackets()).isPositive();
        assertExchangeIsIn(UID, 0, connection);
      }
    }
  }

  // ---- a resolver's answers -------------------------------------------------------------------

  /** A datagram to a client that is bound to its address; what it gets in that time. */
  private String received(Socket server, Socket client, int milliseconds) {
    assertThat(server.sendTo(wire.clientAddress(false), client.port(), 5)).isEqualTo("5");
    return client.receive(milliseconds);
  }

  private Socket boundClient() {
    Socket client = wire.clients.open(UID, "udp", false);
    assertThat(client.call("bind", wire.clientAddress(false), 0)).isEqualTo("ok");
    return client;
  }

  @Test
  void answerOfTheResolver_comesThroughLockdown_itsQuestionDoesNot() {
    account(RESOLVER, Layouts.ACCOUNTS_DNS);
    wire.flags(UID, Layouts.UID_LOCKDOWN);
    try (Socket server = wire.servers.server("udp", false);
        Socket client = boundClient()) {
      assertThat(received(server, client, PATIENCE)).isEqualTo("waiting");
      tag(client, TAG, RESOLVER);
      assertThat(received(server, client, PATIENCE)).as("of another tag").isEqualTo("waiting");
      tag(client, Layouts.TAG_SYSTEM_DNS, CHARGED);
      assertThat(received(server, client, PATIENCE)).as("of another UID").isEqualTo("waiting");

      tag(client, Layouts.TAG_SYSTEM_DNS, RESOLVER);

      assertThat(received(server, client, SOON)).isEqualTo("5");
      assertThat(client.sendTo(wire.serverAddress(false), server.port(), 5)).isEqualTo("EPERM");
      assertThat(counted(UID, Layouts.TAG_SYSTEM_DNS)).isEqualTo(new Traffic(33, 1, 0, 0));
      assertThat(wire.dropped(Layouts.REASON_LOCKDOWN_VPN, Call.INGRESS).packets()).isEqualTo(3);
    }
  }

  @Test
  void answerOfTheResolver_comesInWhereTheInterfaceRuleForbidsIt() {
    account(RESOLVER, Layouts.ACCOUNTS_DNS);
    wire.makeHost();
    wire.flags(UID, Layouts.UID_INTERFACE_RULE);
    wire.rules.uids().setAllowedInterface((int) UID, wire.network().ifindex() + 100);
    try (Socket server = wire.servers.server("udp", false);
        Socket client = boundClient()) {
      assertThat(received(server, client, PATIENCE)).isEqualTo("waiting");

      tag(client, Layouts.TAG_SYSTEM_DNS, RESOLVER);

      assertThat(received(server, client, SOON)).isEqualTo("5");
      assertThat(wire.dropped(Layouts.REASON_INTERFACE_RULE, Call.INGRESS).packets()).isEqualTo(1);
    }
  }

  /** Android lifts only what depends on the interface. */
  @Test
  void answerOfTheResolver_doesNotComeThroughChains() {
    account(RESOLVER, Layouts.ACCOUNTS_DNS);
    wire.rules(UID, Layouts.CHAIN_STANDBY);
    wire.rules.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    try (Socket server = wire.servers.server("udp", false);
        Socket client = boundClient()) {
      tag(client, Layouts.TAG_SYSTEM_DNS, RESOLVER);

      assertThat(received(server, client, PATIENCE)).isEqualTo("waiting");
    }
  }
}
