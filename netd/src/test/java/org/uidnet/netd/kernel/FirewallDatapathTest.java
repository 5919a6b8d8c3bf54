package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.kernel.Wire.PATIENCE;
import static org.uidnet.netd.kernel.Wire.SOON;
import static org.uidnet.netd.kernel.Wire.UID;
import static org.uidnet.netd.kernel.Wire.loopback;
import static org.uidnet.netd.kernel.Wire.reason;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.kernel.Wire.Connection;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.programs.DropId.Call;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.layout.Layouts;

/** What real sockets of real UIDs meet under each rule, written straight into the maps. */
@KernelTest
class FirewallDatapathTest {
  private static final long OTHER = 10_124;
  private static final String BLOCKED = "EPERM";
  private static final String HANGS = "waiting";

  private Wire wire;

  @BeforeEach
  void open() {
    wire = wire("rules");
  }

  Wire wire(String name) {
    return new Wire(name);
  }

  @AfterEach
  void close() {
    wire.close();
  }

  /** A list that blocks, and how it is written. */
  record Chain(String name, int bit, boolean allowlist, boolean custom) {
    boolean isMetered() {
      return !custom && (bit & Wire.METERED) != 0;
    }

    boolean blocks(boolean enabled, boolean listed) {
      return enabled && listed != allowlist;
    }

    int reason() {
      return custom ? Layouts.REASON_CUSTOM + Wire.reason(bit) : Wire.reason(bit);
    }

    void write(RuleMaps rules, boolean enabled, boolean listed) {
      int row = (int) UID;
      if (custom) {
        rules.control().setCustomAllowlists(allowlist ? bit : 0);
        rules.uids().setCustom(row, Wire.bit(listed, bit));
        rules.control().setEnabledCustom(Wire.bit(enabled, bit));
      } else {
        rules.uids().setRules(row, Wire.bit(listed, bit));
        rules.control().setEnabledChains(Wire.bit(enabled, bit));
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Chain allow(String name, int bit) {
    return new Chain(name, bit, true, false);
  }

  private static Chain deny(String name, int bit) {
    return new Chain(name, bit, false, false);
  }

  static Stream<Chain> chains() {
    return Stream.of(
        allow("dozable", Layouts.CHAIN_DOZABLE),
        deny("standby", Layouts.CHAIN_STANDBY),
        allow("powersave", Layouts.CHAIN_POWERSAVE),
        allow("restricted", Layouts.CHAIN_RESTRICTED),
        allow("low-power-standby", Layouts.CHAIN_LOW_POWER_STANDBY),
        allow("background", Layouts.CHAIN_BACKGROUND),
        deny("oem-deny-1", Layouts.CHAIN_OEM_DENY_1),
        deny("oem-deny-2", Layouts.CHAIN_OEM_DENY_2),
        deny("oem-deny-3", Layouts.CHAIN_OEM_DENY_3),
        allow("metered-allow", Layouts.CHAIN_METERED_ALLOW),
        deny("metered-deny-user", Layouts.CHAIN_METERED_DENY_USER),
        deny("metered-deny-admin", Layouts.CHAIN_METERED_DENY_ADMIN),
        new Chain("custom 0, an allowlist", 1, true, true),
        new Chain("custom 31, a denylist", 1 << 31, false, true));
  }

  /** Enabled or not, listed or not, IPv4 and IPv6, TCP and UDP, established and new. */
  @ParameterizedTest
  @MethodSource("chains")
  void chain_everyCombination_isAsAndroidsTable(Chain chain) {
    wire.network(Layouts.NETWORK_METERED);
    for (boolean enabled : new boolean[] {false, true}) {
      for (boolean listed : new boolean[] {false, true}) {
        for (boolean ipv6 : new boolean[] {false, true}) {
          assertAsTold(chain, enabled, listed, ipv6);
        }
      }
    }
  }

  private void assertAsTold(Chain chain, boolean enabled, boolean listed, boolean ipv6) {
    boolean blocked = chain.blocks(enabled, listed);
    long known = wire.dropped(chain.reason(), Call.EGRESS).packets();
    String state = "enabled %s, listed %s, IPv6 %s: ".formatted(enabled, listed, ipv6);
    chain.write(wire.rules, false, false);
    try (Socket listener = wire.servers.server("tcp", ipv6);
        Socket receiver = wire.servers.server("udp", ipv6);
        Connection established = wire.connect(listener, UID, ipv6);
        Socket connected = connectedUdp(receiver, ipv6);
        Socket loose = wire.clients.open(UID, "udp", ipv6)) {
      chain.write(wire.rules, enabled, listed);

      assertEstablished(established, blocked, state);
      assertThat(connected.send(5)).as(state + "connected UDP").isEqualTo(blocked ? BLOCKED : "5");
      assertThat(loose.sendTo(wire.serverAddress(ipv6), receiver.port(), 5))
          .as(state + "unconnected UDP")
          .isEqualTo(blocked ? BLOCKED : "5");
      assertNewUdp(receiver, ipv6, blocked, state);
      assertNewTcp(chain, listener, ipv6, blocked, state);
      assertReason(chain, known, blocked, state);
    } finally {
      chain.write(wire.rules, false, false);
    }
  }

  private void assertEstablished(Connection connection, boolean blocked, String state) {
    assertThat(connection.client().send(5)).as(state + "established TCP").isEqualTo("5");
    assertThat(connection.server().receive(blocked ? PATIENCE : SOON))
        .as(state + "established TCP, sent")
        .isEqualTo(blocked ? HANGS : "5");
    connection.server().send(7);
    assertThat(connection.client().receive(blocked ? PATIENCE : SOON))
        .as(state + "established TCP, received")
        .isEqualTo(blocked ? HANGS : "7");
  }

  /** The connect itself is never refused. */
  private void assertNewUdp(Socket receiver, boolean ipv6, boolean blocked, String state) {
    try (Socket client = connectedUdp(receiver, ipv6)) {
      assertThat(client.send(5)).as(state + "new UDP").isEqualTo(blocked ? BLOCKED : "5");
    }
  }

  private void assertNewTcp(
      Chain chain, Socket listener, boolean ipv6, boolean blocked, String state) {
    String refusal = chain.isMetered() ? HANGS : BLOCKED;
    try (Socket client = wire.clients.open(UID, "tcp", ipv6)) {
      assertThat(connect(client, listener, ipv6, blocked ? PATIENCE : SOON))
          .as(state + "new TCP")
          .isEqualTo(blocked ? refusal : "ok");
    }
  }

  /** Refused packets are counted under the chain's own reason, and nothing else is. */
  private void assertReason(Chain chain, long known, boolean blocked, String state) {
    assertThat(wire.dropped(chain.reason(), Call.EGRESS).packets() > known)
        .as(state + "drops")
        .isEqualTo(blocked);
  }

  private Socket connectedUdp(Socket receiver, boolean ipv6) {
    Socket client = wire.clients.open(UID, "udp", ipv6);
    assertThat(connect(client, receiver, ipv6, SOON)).isEqualTo("ok");
    return client;
  }

  private String connect(Socket client, Socket server, boolean ipv6, int milliseconds) {
    return client.connect(wire.serverAddress(ipv6), server.port(), milliseconds);
  }

  private void enable(int chains) {
    wire.rules.control().setEnabledChains(chains);
  }

  @Test
  void chains_denyAndAllow_denyWins() {
    wire.rules(UID, Layouts.CHAIN_DOZABLE | Layouts.CHAIN_STANDBY);
    enable(Layouts.CHAIN_DOZABLE | Layouts.CHAIN_STANDBY);
    try (Socket listener = wire.servers.server("tcp", false);
        Socket client = wire.clients.open(UID, "tcp", false)) {
      assertThat(connect(client, listener, false, SOON)).isEqualTo(BLOCKED);
      assertThat(wire.dropped(reason(Layouts.CHAIN_STANDBY), Call.CONNECT).packets()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connect_mptcp_isJudgedAsTcp(boolean ipv6) {
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket listener = wire.servers.server("tcp", ipv6);
        Socket client = wire.clients.open(UID, "mptcp", ipv6)) {
      assertThat(connect(client, listener, ipv6, SOON)).isEqualTo(BLOCKED);
    }
  }

  /** Over IPv4, though its hook is that of IPv6. */
  @Test
  void connect_mappedAddress_isJudgedAsItsIpv4Address() {
    enable(Layouts.CHAIN_BACKGROUND);
    try (Socket listener = wire.neighbours.server("tcp", true);
        Socket client = wire.clients.open(UID, "tcp", true);
        Socket looped = wire.clients.open(UID, "tcp", true)) {
      assertThat(client.connect("::ffff:10.77.0.2", listener.port(), SOON)).isEqualTo(BLOCKED);
      assertThat(looped.connect("::ffff:127.0.0.1", listener.port(), SOON)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void otherUid_isNotConcerned(boolean ipv6) {
    wire.rules(UID, Layouts.CHAIN_STANDBY);
    enable(Layouts.CHAIN_STANDBY);
    try (Socket listener = wire.servers.server("tcp", ipv6);
        Connection connection = wire.connect(listener, OTHER, ipv6)) {
      connection.assertCarries();
    }
  }

  /** A UID from 65,536 on, whose row is in the table's upper part. */
  @Test
  void highUid_isJudgedByItsRow() {
    long high = 1_010_123;
    int row = wire.rules.makeRow(high).orElseThrow();
    enable(Layouts.CHAIN_DOZABLE);
    try (Socket listener = wire.servers.server("tcp", false);
        Socket client = wire.clients.open(high, "tcp", false)) {
      assertThat(connect(client, listener, false, SOON)).isEqualTo(BLOCKED);
      wire.rules.uids().setRules(row, Layouts.CHAIN_DOZABLE);
      assertThat(connect(client, listener, false, SOON)).isEqualTo("ok");
    }
  }

  /** The caller is judged at connect, the owner by its packets. */
  @Test
  void socketMadeByRoot_usedByAnother_isRefusedByWhicheverIsBlocked() {
    wire.rules(UID, Layouts.CHAIN_STANDBY);
    try (Socket listener = wire.servers.server("tcp", false);
        Socket ofRoot = wire.clients.open(0, "tcp", false);
        Socket ofUid = wire.clients.open(UID, "tcp", false)) {
      enable(Layouts.CHAIN_STANDBY);
      assertThat(connect(ofRoot.as(UID), listener, false, SOON)).isEqualTo(BLOCKED);
      assertThat(wire.dropped(reason(Layouts.CHAIN_STANDBY), Call.CONNECT).packets()).isEqualTo(1);
      assertThat(connect(ofUid.as(0), listener, false, PATIENCE)).isEqualTo(HANGS);
      assertThat(wire.dropped(reason(Layouts.CHAIN_STANDBY), Call.EGRESS).packets()).isEqualTo(1);
      assertThat(connect(ofRoot.as(0), listener, false, SOON)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reset_ofABlockedUid_passesOut(boolean ipv6) {
    try (Socket listener = wire.servers.server("tcp", ipv6)) {
      Connection connection = wire.connect(listener, UID, ipv6);
      enable(Layouts.CHAIN_DOZABLE);
      connection.client().reset();
      assertThat(connection.server().receive(SOON)).isEqualTo("ECONNRESET");
      connection.server().close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reset_toABlockedUid_passesIn(boolean ipv6) {
    try (Socket listener = wire.servers.server("tcp", ipv6)) {
      Connection connection = wire.connect(listener, UID, ipv6);
      enable(Layouts.CHAIN_DOZABLE);
      connection.server().reset();
      assertThat(connection.client().receive(SOON)).isEqualTo("ECONNRESET");
      connection.client().close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void end_toABlockedUid_passesInOnly(boolean ipv6) {
    try (Socket listener = wire.servers.server("tcp", ipv6);
        Connection in = wire.connect(listener, UID, ipv6);
        Connection out = wire.connect(listener, UID, ipv6)) {
      enable(Layouts.CHAIN_DOZABLE);
      assertThat(in.server().call("finish")).isEqualTo("ok");
      assertThat(in.client().receive(SOON)).as("the other side has ended").isEqualTo("ok");
      assertThat(out.client().call("finish")).isEqualTo("ok");
      assertThat(out.server().receive(PATIENCE)).isEqualTo(HANGS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loopback_isJudgedByAllChainsButBackgroundAndMetered(boolean ipv6) {
    wire.rules.networks().put(loopbackNetwork(), Layouts.NETWORK_METERED);
    wire.flags(UID, Layouts.UID_LOCKDOWN | Layouts.UID_NO_LOCAL_NETWORK);
    try (Socket listener = wire.neighbours.server("tcp", ipv6);
        Socket receiver = wire.neighbours.server("udp", ipv6)) {
      enable(Layouts.CHAIN_BACKGROUND | Layouts.CHAIN_METERED_ALLOW);
      try (Connection connection = wire.connect(listener, UID, loopback(ipv6), ipv6);
          Socket udp = wire.clients.open(UID, "udp", ipv6)) {
        connection.assertCarries();
        assertThat(udp.sendTo(loopback(ipv6), receiver.port(), 5)).isEqualTo("5");
      }
      enable(Layouts.CHAIN_DOZABLE);
      try (Socket tcp = wire.clients.open(UID, "tcp", ipv6);
          Socket udp = wire.clients.open(UID, "udp", ipv6)) {
        assertThat(tcp.connect(loopback(ipv6), listener.port(), SOON)).isEqualTo(BLOCKED);
        assertThat(udp.sendTo(loopback(ipv6), receiver.port(), 5)).isEqualTo(BLOCKED);
      }
    }
  }

  private NetworkId loopbackNetwork() {
    return new NetworkId(wire.network().netns(), 1);
  }

  @Test
  void meteredLists_networkNotMetered_blockNothing() {
    wire.rules(UID, Layouts.CHAIN_METERED_DENY_USER | Layouts.CHAIN_METERED_DENY_ADMIN);
    enable(Wire.METERED);
    try (Socket listener = wire.servers.server("tcp", false);
        Connection connection = wire.connect(listener, UID, false)) {
      connection.assertCarries();
      wire.network(Layouts.NETWORK_ROAMING);
      connection.assertCarries();
      wire.network(Layouts.NETWORK_METERED);
      assertThat(connection.client().send(5)).isEqualTo("5");
      assertThat(connection.server().receive(PATIENCE)).isEqualTo(HANGS);
    }
  }

  /** The penalty of the administrator, then the user's, then data saver. */
  @Test
  void meteredLists_severalBlock_reasonIsTheStrongest() {
    wire.network(Layouts.NETWORK_METERED);
    enable(Wire.METERED);
    int user = Layouts.CHAIN_METERED_DENY_USER;
    int admin = Layouts.CHAIN_METERED_DENY_ADMIN;
    assertMeteredReason(0, Layouts.CHAIN_METERED_ALLOW);
    assertMeteredReason(user | Layouts.CHAIN_METERED_ALLOW, user);
    assertMeteredReason(user, user);
    assertMeteredReason(user | admin | Layouts.CHAIN_METERED_ALLOW, admin);
  }

  private void assertMeteredReason(int lists, int chain) {
    wire.rules(UID, lists);
    long before = wire.dropped(reason(chain), Call.EGRESS).packets();
    try (Socket udp = wire.clients.open(UID, "udp", false)) {
      assertThat(udp.sendTo(wire.serverAddress(false), 9, 5)).isEqualTo(BLOCKED);
    }
    assertThat(wire.dropped(reason(chain), Call.EGRESS).packets()).isEqualTo(before + 1);
  }

  /** Bound to its device, a socket's network is known at connect. */
  @Test
  void meteredLists_socketBoundToADevice_connectIsRefused() {
    wire.network(Layouts.NETWORK_METERED);
    enable(Layouts.CHAIN_METERED_ALLOW);
    try (Socket listener = wire.servers.server("tcp", false);
        Socket client = wire.clients.open(UID, "tcp", false)) {
      assertThat(client.as(0).call("device", "veth0")).isEqualTo("ok");
      assertThat(connect(client, listener, false, SOON)).isEqualTo(BLOCKED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lockdown_blocksBothWaysUnlessTheNetworkIsAVpn(boolean ipv6) {
    try (Socket listener = wire.servers.server("tcp", ipv6);
        Connection connection = wire.connect(listener, UID, ipv6);
        Socket udp = wire.clients.open(UID, "udp", ipv6);
        Socket server = wire.servers.server("udp", ipv6);
        Socket receiver = wire.clients.open(UID, "udp", ipv6)) {
      assertThat(receiver.call("bind", wire.clientAddress(ipv6), 0)).isEqualTo("ok");
      wire.flags(UID, Layouts.UID_LOCKDOWN);
      assertEstablished(connection, true, "lockdown: ");
      assertThat(udp.sendTo(wire.serverAddress(ipv6), server.port(), 5)).isEqualTo(BLOCKED);
      assertThat(server.sendTo(wire.clientAddress(ipv6), receiver.port(), 5)).isEqualTo("5");
      assertThat(receiver.receive(PATIENCE)).isEqualTo(HANGS);
      assertThat(wire.dropped(Layouts.REASON_LOCKDOWN_VPN, Call.INGRESS).packets()).isPositive();

      wire.network(Layouts.NETWORK_VPN);
      assertThat(udp.sendTo(wire.serverAddress(ipv6), server.port(), 5)).isEqualTo("5");
      assertThat(server.sendTo(wire.clientAddress(ipv6), receiver.port(), 5)).isEqualTo("5");
      assertThat(receiver.receive(SOON)).isEqualTo("5");
    }
  }

  /** On the way in only; a rule for any interface lifts lockdown there. */
  @Test
  void interfaceRule_forAnyInterface_comesBeforeLockdownOnTheWayIn() {
    wire.flags(UID, Layouts.UID_LOCKDOWN | Layouts.UID_INTERFACE_RULE);
    try (Socket server = wire.servers.server("udp", false);
        Socket receiver = wire.clients.open(UID, "udp", false)) {
      assertThat(receiver.call("bind", "0.0.0.0", 0)).isEqualTo("ok");
      assertThat(server.sendTo(wire.clientAddress(false), receiver.port(), 5)).isEqualTo("5");
      assertThat(receiver.receive(SOON)).isEqualTo("5");
      assertThat(receiver.sendTo(wire.serverAddress(false), server.port(), 5)).isEqualTo(BLOCKED);
    }
  }

  /** Indexes are those of the host's namespace, which the clients' one is made here. */
  @Test
  void interfaceRule_forOneInterface_dropsWhatComesInElsewhere() {
    int ifindex = wire.network().ifindex();
    wire.makeHost();
    try (Socket listener = wire.servers.server("tcp", false);
        Socket server = wire.servers.server("udp", false);
        Connection connection = wire.connect(listener, UID, false);
        Socket receiver = wire.clients.open(UID, "udp", false)) {
      assertThat(receiver.call("bind", "0.0.0.0", 0)).isEqualTo("ok");
      wire.flags(UID, Layouts.UID_INTERFACE_RULE);
      wire.rules.uids().setAllowedInterface((int) UID, ifindex);
      connection.assertCarries();
      assertThat(sentTo(receiver, server)).isEqualTo("5");

      wire.rules.uids().setAllowedInterface((int) UID, ifindex + 100);
      assertThat(sentTo(receiver, server)).isEqualTo(HANGS);
      assertThat(receiver.sendTo(wire.serverAddress(false), server.port(), 5)).isEqualTo("5");
      assertThat(wire.dropped(Layouts.REASON_INTERFACE_RULE, Call.INGRESS).packets()).isEqualTo(1);
    }
  }

  @Test
  void ingressDiscard_addressOfAnotherInterface_isDropped() throws Exception {
    InetAddress address = InetAddress.getByName(wire.clientAddress(false));
    try (Socket server = wire.servers.server("udp", false);
        Socket receiver = wire.clients.open(UID, "udp", false)) {
      assertThat(receiver.call("bind", "0.0.0.0", 0)).isEqualTo("ok");
      wire.rules.control().setSwitches(Layouts.SWITCH_INGRESS_DISCARD);
      assertThat(sentTo(receiver, server)).isEqualTo("5");
      wire.rules.ingressDiscard().put(address, wire.network().ifindex());
      assertThat(sentTo(receiver, server)).isEqualTo("5");
      wire.rules.ingressDiscard().put(address, wire.network().ifindex() + 100);
      assertThat(sentTo(receiver, server)).isEqualTo(HANGS);
      assertThat(wire.dropped(Layouts.REASON_INGRESS_DISCARD, Call.INGRESS).packets()).isEqualTo(1);
      assertThat(wire.rules.ingressDiscard().remove(address)).isTrue();
      assertThat(sentTo(receiver, server)).isEqualTo("5");
    }
  }

  private String sentTo(Socket receiver, Socket server) {
    assertThat(server.sendTo(wire.clientAddress(false), receiver.port(), 5)).isEqualTo("5");
    return receiver.receive(PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void localNetwork_longestPrefixDecides(boolean ipv6) throws Exception {
    InetAddress whole = InetAddress.getByName(ipv6 ? "fd00::" : "10.0.0.0");
    InetAddress server = InetAddress.getByName(wire.serverAddress(ipv6));
    Prefix local = new Prefix(whole, 8);
    Prefix exception = new Prefix(server, ipv6 ? 128 : 32);
    wire.flags(UID, Layouts.UID_NO_LOCAL_NETWORK);
    try (Socket listener = wire.servers.server("tcp", ipv6)) {
      wire.connect(listener, UID, ipv6).close();
      wire.rules.localNetworks().put(local, true);
      assertThat(wire.rules.localNetworks().entries()).containsOnlyKeys(local);
      assertLocalIsBlocked(listener, ipv6);
      wire.rules.localNetworks().put(exception, false);
      wire.connect(listener, UID, ipv6).close();
      assertThat(wire.rules.localNetworks().remove(exception)).isTrue();
      assertLocalIsBlocked(listener, ipv6);
      wire.connect(listener, OTHER, ipv6).close();
    }
  }

  private void assertLocalIsBlocked(Socket listener, boolean ipv6) {
    try (Socket tcp = wire.clients.open(UID, "tcp", ipv6);
        Socket udp = wire.clients.open(UID, "udp", ipv6)) {
      assertThat(connect(tcp, listener, ipv6, SOON)).isEqualTo(BLOCKED);
      assertThat(udp.sendTo(wire.serverAddress(ipv6), 9, 5)).isEqualTo(BLOCKED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void blockedPorts_areForNobody(boolean ipv6) {
    BitSet ports = new BitSet();
    ports.set(7_000);
    ports.set(65_535);
    wire.rules.blockedPorts().set(ports);
    wire.rules.control().setSwitches(Layouts.SWITCH_BLOCKED_PORTS);
    for (String type : new String[] {"tcp", "udp"}) {
      for (long uid : new long[] {UID, 0}) {
        assertThat(bound(type, ipv6, uid, 7_000)).isEqualTo(BLOCKED);
        assertThat(bound(type, ipv6, uid, 65_535)).isEqualTo(BLOCKED);
        assertThat(bound(type, ipv6, uid, 7_001)).isEqualTo("ok");
        assertThat(bound(type, ipv6, uid, 0)).isEqualTo("ok");
      }
    }
    assertThat(wire.dropped(Layouts.REASON_BLOCKED_PORT, Call.BIND).packets()).isEqualTo(4);
    wire.rules.control().setSwitches(0);
    assertThat(bound("tcp", ipv6, UID, 7_000)).isEqualTo("ok");
  }

  private String bound(String type, boolean ipv6, long uid, int port) {
    try (Socket socket = wire.clients.open(uid, type, ipv6)) {
      return socket.call("bind", ipv6 ? "::" : "0.0.0.0", port);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noInternet_makesNoSocket(boolean ipv6) {
    wire.flags(UID, Layouts.UID_NO_INTERNET);
    assertThat(wire.clients.tryOpen(UID, "tcp", ipv6)).isEqualTo(BLOCKED);
    assertThat(wire.clients.tryOpen(UID, "udp", ipv6)).isEqualTo(BLOCKED);
    assertThat(wire.clients.tryOpen(OTHER, "tcp", ipv6)).isEqualTo("ok");
    assertThat(wire.dropped(Layouts.REASON_NO_INTERNET_PERMISSION, Call.CREATE).packets())
        .isEqualTo(2);
    wire.flags(UID, 0);
    assertThat(wire.clients.tryOpen(UID, "tcp", ipv6)).isEqualTo("ok");
  }
}
