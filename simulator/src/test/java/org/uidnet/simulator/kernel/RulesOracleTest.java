package org.uidnet.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.DropId.Call;
import org.uidnet.programs.Event;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * Who may talk, by a second telling of Android's rules (reference sections 1.4 and 3) and our
 * additions that shares no line with {@code rules.h}. {@code -Doracle.seed=N} repeats a failure.
 */
class RulesOracleTest {
  private static final int POLICIES = 10_000;
  private static final int PACKETS = 4;
  private static final long UID = 10_123;
  private static final int LOOPBACK = 1;
  private static final int[] INTERFACES = {LOOPBACK, 2, 3, 4};

  /** Android's chains in the order in which one of several is named as the reason. */
  private enum Chain {
    DOZABLE(2, true),
    STANDBY(3, false),
    POWERSAVE(4, true),
    RESTRICTED(5, true),
    LOW_POWER_STANDBY(6, true),
    OEM_DENY_1(9, false),
    OEM_DENY_2(10, false),
    OEM_DENY_3(11, false),
    BACKGROUND(12, true);

    final int bit;
    final boolean allowlist;

    Chain(int bit, boolean allowlist) {
      this.bit = bit;
      this.allowlist = allowlist;
    }
  }

  private final long seed = Long.getLong("oracle.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private long now = 1;
  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(64, 16, 4, 2, true),
          new UUID(1, 1),
          Instant.EPOCH,
          () -> now);
  private final RuleMaps maps = kernel.datapath();
  private final Socket tcp = kernel.socket(UID, kernel.host(), Socket.AF_INET, 1, 6);
  private final Socket udp = kernel.socket(UID, kernel.host(), Socket.AF_INET, 2, 17);
  private final Socket raw = kernel.socket(UID, kernel.host(), Socket.AF_INET, 3, 50);

  /** One state of the maps. */
  private final class Policy {
    final int listed = random.nextInt() & random.nextInt();
    final int enabled = random.nextInt(3) == 0 ? 0 : random.nextInt() & random.nextInt();
    final int customListed = random.nextInt();
    final int customEnabled = random.nextInt(3) > 0 ? 0 : 1 << random.nextInt(32);
    final int customAllowlists = random.nextInt();
    final int flags = random.nextInt(2) * random.nextInt(8);
    final int allowed = random.nextInt(3) == 0 ? 0 : INTERFACES[random.nextInt(4)];
    final Map<Integer, Integer> networks = new HashMap<>();
    final Map<String, Integer> discard = new HashMap<>();
    final Map<String, Boolean> local = new HashMap<>();

    void write() throws UnknownHostException {
      maps.uids().setRules((int) UID, listed);
      maps.uids().setCustom((int) UID, customListed);
      maps.uids().setFlags((int) UID, flags);
      maps.uids().setAllowedInterface((int) UID, allowed);
      maps.control().setEnabledChains(enabled);
      maps.control().setCustomAllowlists(customAllowlists);
      maps.control().setEnabledCustom(customEnabled);
      for (int ifindex : INTERFACES) {
        networks.put(ifindex, random.nextInt(8));
        maps.networks().put(new NetworkId(kernel.host().cookie(), ifindex), networks.get(ifindex));
      }
      List.copyOf(maps.ingressDiscard().entries().keySet()).forEach(maps.ingressDiscard()::remove);
      if (random.nextBoolean()) {
        discard.put("10.0.0.2", INTERFACES[random.nextInt(4)]);
        maps.ingressDiscard().put(InetAddress.getByName("10.0.0.2"), discard.get("10.0.0.2"));
      }
      maps.control().setSwitches(discard.isEmpty() ? 0 : Layouts.SWITCH_INGRESS_DISCARD);
      for (String net : List.of("10.0.0.0/8", "10.0.0.0/24", "192.168.0.0/16")) {
        local.put(net, random.nextBoolean());
        String[] parts = net.split("/");
        maps.localNetworks()
            .put(
                new Prefix(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1])),
                local.get(net));
      }
    }

    private static boolean has(int bits, int bit) {
      return (bits >> bit & 1) == 1;
    }

    /** What holds on every network. */
    Optional<Integer> everywhere(boolean loopback) {
      for (Chain chain : Chain.values()) {
        boolean exempt = loopback && chain == Chain.BACKGROUND;
        if (!exempt && has(enabled, chain.bit) && has(listed, chain.bit) != chain.allowlist) {
          return Optional.of(chain.bit);
        }
      }
      for (int custom = 0; custom < 32; custom++) {
        if (has(customEnabled, custom)
            && has(customListed, custom) != has(customAllowlists, custom)) {
          return Optional.of(32 + custom);
        }
      }
      return Optional.empty();
    }

    Optional<Integer> onNetwork(int ifindex, boolean ingress) {
      boolean metered = has(networks.get(ifindex), 0);
      if (metered && has(enabled, 13) && has(listed, 13)) {
        return Optional.of(13);
      } else if (metered && has(enabled, 1) && has(listed, 1)) {
        return Optional.of(1);
      } else if (metered && has(enabled, 0) && !has(listed, 0)) {
        return Optional.of(0);
      }
      boolean interfaceRule = has(flags, 0);
      if (ingress && interfaceRule) {
        return allowed != 0 && allowed != ifindex ? Optional.of(7) : Optional.empty();
      }
      boolean lockdown = has(flags, 1);
      boolean vpn = has(networks.get(ifindex), 2);
      return lockdown && !vpn && (allowed == 0 || allowed != ifindex)
          ? Optional.of(8)
          : Optional.empty();
    }

    Optional<Integer> withLocalNetwork(String remote) {
      if (!has(flags, 2)) {
        return Optional.empty();
      }
      boolean isLocal =
          remote.startsWith("10.0.0.")
              ? local.get("10.0.0.0/24")
              : remote.startsWith("10.")
                  ? local.get("10.0.0.0/8")
                  : remote.startsWith("192.168.") && local.get("192.168.0.0/16");
      return isLocal ? Optional.of(17) : Optional.empty();
    }

    Optional<Integer> reason(Packet packet) {
      boolean loopback = packet.ifindex == LOOPBACK;
      Optional<Integer> reason = everywhere(loopback);
      if (reason.isEmpty() && !loopback) {
        reason = onNetwork(packet.ifindex, packet.ingress);
      }
      if (reason.isEmpty() && !loopback && packet.ingress) {
        Integer only = discard.get(packet.target);
        reason = only != null && only != packet.ifindex ? Optional.of(16) : Optional.empty();
      }
      if (reason.isEmpty() && !loopback) {
        reason = withLocalNetwork(packet.ingress ? packet.source : packet.target);
      }
      return packet.alwaysPasses() ? Optional.empty() : reason;
    }
  }

  /** An IPv4 packet. */
  private final class Packet {
    private static final int FIN = 1;
    private static final int RST = 4;

    final boolean ingress = random.nextBoolean();
    final int ifindex = INTERFACES[random.nextInt(4)];
    final String source = address();
    final String target = address();
    final int flags = random.nextInt(4) == 0 ? random.nextInt(256) : 0x10;
    final int kind = random.nextInt(8);
    final int payload = random.nextInt(100);

    private String address() {
      String[] some = {"10.0.0.2", "10.9.9.9", "192.168.1.1", "8.8.8.8"};
      return some[random.nextInt(some.length)];
    }

    boolean isTcp() {
      return kind < 5;
    }

    boolean isEsp() {
      return kind == 7;
    }

    Socket socket() {
      return isTcp() ? tcp : isEsp() ? raw : udp;
    }

    boolean alwaysPasses() {
      return isEsp() || isTcp() && ((flags & RST) != 0 || ingress && (flags & FIN) != 0);
    }

    int length() {
      return 40 + payload;
    }

    Skb skb() throws UnknownHostException {
      byte[] head = new byte[40];
      head[0] = 0x45;
      head[9] = (byte) (isTcp() ? 6 : isEsp() ? 50 : 17);
      System.arraycopy(InetAddress.getByName(source).getAddress(), 0, head, 12, 4);
      System.arraycopy(InetAddress.getByName(target).getAddress(), 0, head, 16, 4);
      head[21] = 99; // source port
      head[32] = 0x50;
      head[33] = (byte) flags;
      return new Skb().from(socket()).on(ifindex).carrying(Skb.IPV4, head, length());
    }

    @Override
    public String toString() {
      return "%s, if%d, %s > %s, kind %d, flags %#x, seed %d"
          .formatted(ingress ? "in" : "out", ifindex, source, target, kind, flags, seed);
    }
  }

  @Test
  void packets_anyPolicy_passOrAreDroppedForTheReasonThatTheRulesGive()
      throws UnknownHostException {
    Map<DropId, Drop> expected = new HashMap<>();
    for (int i = 0; i < POLICIES; i++) {
      Policy policy = new Policy();
      policy.write();
      for (int p = 0; p < PACKETS; p++) {
        Packet packet = new Packet();
        Optional<Integer> reason = policy.reason(packet);
        int cpu = random.nextInt(2);
        assertThat(
                packet.ingress
                    ? kernel.ingress(packet.skb(), cpu)
                    : kernel.egress(packet.skb(), cpu))
            .as("%s: %s", packet, reason)
            .isEqualTo(reason.isEmpty());
        reason.ifPresent(
            why ->
                expected.merge(
                    new DropId(UID, why, packet.ingress ? Call.INGRESS : Call.EGRESS),
                    new Drop(1, packet.length()),
                    Drop::plus));
      }
    }
    assertThat(maps.drops().entries()).as("seed %d", seed).isEqualTo(expected);
    assertThat(expected).hasSizeGreaterThan(40);
  }

  @Test
  void connect_anyPolicy_isRefusedByWhatNoPacketWouldPass() throws UnknownHostException {
    for (int i = 0; i < POLICIES; i++) {
      Policy policy = new Policy();
      policy.write();
      String remote =
          List.of("127.0.0.1", "10.0.0.2", "10.9.9.9", "192.168.1.1", "8.8.8.8")
              .get(random.nextInt(5));
      boolean loopback = remote.startsWith("127.");
      int device = random.nextInt(3) == 0 ? INTERFACES[1 + random.nextInt(3)] : 0;
      tcp.bindTo(device);
      Optional<Integer> reason = policy.everywhere(loopback);
      if (reason.isEmpty() && !loopback && device != 0) {
        reason = policy.onNetwork(device, false);
      }
      if (reason.isEmpty() && !loopback) {
        reason = policy.withLocalNetwork(remote);
      }
      InetAddress address = InetAddress.getByName(remote);
      assertThat(kernel.connect(tcp, UID, address, 443))
          .as("%s over %d: %s, seed %d", remote, device, reason, seed)
          .isEqualTo(reason.isEmpty());
      assertThat(kernel.connect(udp, UID, address, 443)).as("UDP").isTrue();
      assertThat(kernel.connect(tcp, 20_000, address, 443))
          .as("a caller on no list, seed %d", seed)
          .isEqualTo(isUnlistedAllowed(policy, loopback, device));
    }
  }

  private boolean isUnlistedAllowed(Policy policy, boolean loopback, int device) {
    for (Chain chain : Chain.values()) {
      boolean exempt = loopback && chain == Chain.BACKGROUND;
      if (chain.allowlist && !exempt && Policy.has(policy.enabled, chain.bit)) {
        return false;
      }
    }
    if ((policy.customEnabled & policy.customAllowlists) != 0) {
      return false;
    }
    boolean dataSaver = Policy.has(policy.enabled, 0);
    return loopback || device == 0 || !dataSaver || !Policy.has(policy.networks.get(device), 0);
  }

  @Test
  void bind_blockedPort_isRefusedForEveryone() throws UnknownHostException {
    BitSet blocked = new BitSet();
    random.ints(200, 1, 65_536).forEach(blocked::set);
    maps.blockedPorts().set(blocked);
    InetAddress any = InetAddress.getByName("0.0.0.0");
    assertThat(kernel.bind(tcp, 0, any, blocked.nextSetBit(0))).as("switched off").isTrue();
    maps.control().setSwitches(Layouts.SWITCH_BLOCKED_PORTS);
    for (int port = 0; port < 65_536; port++) {
      assertThat(kernel.bind(port % 2 == 0 ? tcp : udp, port % 3, any, port))
          .as("port %d, seed %d", port, seed)
          .isEqualTo(!blocked.get(port));
    }
    assertThat(maps.blockedPorts().ports()).isEqualTo(blocked);
  }

  @Test
  void socket_withoutInternetPermission_isNotMade() {
    maps.uids().setFlags((int) UID, Layouts.UID_NO_INTERNET);
    assertThat(kernel.trySocket(UID, kernel.host(), Socket.AF_INET, 1, 6)).isEmpty();
    assertThat(kernel.trySocket(20_000, kernel.host(), Socket.AF_INET, 1, 6)).isPresent();
    assertThat(maps.drops().entries())
        .containsExactly(Map.entry(new DropId(UID, 18, Call.CREATE), new Drop(1, 0)));
  }

  @Test
  void events_manyDrops_areOneOfAKindASecond() throws UnknownHostException {
    maps.uids().setRules((int) UID, Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    List<Event> events = new ArrayList<>();
    now = 5_000_000_000L;
    for (int i = 0; i < 30; i++, now += 100_000_000) { // three seconds
      kernel.egress(Packets.udp(udp, 2, 10), 0);
      kernel.connect(tcp, UID, InetAddress.getByName("8.8.8.8"), 443);
      maps.pollEvents(events::add);
    }
    assertThat(events).hasSize(6);
    assertThat(events.get(0).id()).isEqualTo(new DropId(UID, 3, Call.EGRESS));
    assertThat(events.get(0).time()).isEqualTo(5_000_000_000L);
    assertThat(events.get(0).cookie()).isEqualTo(udp.cookie());
    assertThat(events.get(1).id()).isEqualTo(new DropId(UID, 3, Call.CONNECT));
    assertThat(events.get(2).time()).isEqualTo(6_000_000_000L);
  }

  /** Whoever makes connections is told of each, up to a hundred a second. */
  @Test
  void events_connectionsRefusedByPacket_areTenMillisecondsApart() throws UnknownHostException {
    maps.uids().setRules((int) UID, Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    byte[] syn = new byte[40];
    syn[0] = 0x45;
    syn[9] = 6;
    syn[32] = 0x50;
    syn[33] = 2;
    int[] told = {0};
    for (int i = 0; i < 1000; i++, now += 1_000_000) {
      kernel.egress(new Skb().from(tcp).on(2).carrying(Skb.IPV4, syn, 40), 0);
      maps.pollEvents(event -> told[0]++);
    }
    assertThat(told[0]).isEqualTo(100);
  }

  /** Nobody reads: events are lost and counted, drops are not. */
  @Test
  void events_ringFull_areCountedAsLost() throws UnknownHostException {
    maps.uids().setRules((int) UID, Layouts.CHAIN_STANDBY);
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY);
    int sent = 5000;
    for (int i = 0; i < sent; i++, now += 2_000_000_000L) {
      kernel.egress(Packets.udp(udp, 2, 10), 0);
    }
    int[] got = {0};
    maps.pollEvents(event -> got[0]++);
    assertThat(got[0]).isPositive();
    assertThat(got[0] + maps.control().lostEvents()).isEqualTo(sent);
    assertThat(maps.drops().entries().get(new DropId(UID, 3, Call.EGRESS)).packets())
        .isEqualTo(sent);
    kernel.egress(Packets.udp(udp, 2, 10), 0);
    assertThat(maps.pollEvents(event -> {})).as("room again").isEqualTo(1);
  }
}
