package org.uidnet.netd.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.BackgroundDelay;
import org.uidnet.firewall.Boot;
import org.uidnet.firewall.Chain;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Exemptions;
import org.uidnet.firewall.FirewallConfig;
import org.uidnet.firewall.FirewallService;
import org.uidnet.firewall.PastUsage;
import org.uidnet.firewall.Question;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.firewall.Terms;
import org.uidnet.firewall.Verdict;
import org.uidnet.firewall.Verdict.RefusedBy;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;

/**
 * What {@code verdict} says against what calls and packets experience: random policies go through
 * the whole engine, store and all, into maps that our programs judge by in the simulator.
 */
class VerdictDifferenceTest {
  private static final int POLICIES = Seed.scaled(2_500);
  private static final int ASKED = 4;
  private static final int[] IFINDEXES = {1, 2, 3, 4};
  private static final List<String> NAMES = List.of("lo", "wlan0", "rmnet0", "tun0");
  private static final List<String> CHAINS =
      List.of(
          "dozable",
          "standby",
          "powersave",
          "restricted",
          "low-power-standby",
          "background",
          "oem-deny-1",
          "oem-deny-2",
          "oem-deny-3");
  private static final List<String> LISTS =
      List.of("metered-allow", "metered-deny-user", "metered-deny-admin");
  private static final List<String> CUSTOM = List.of("night", "guests", "kiosk");

  /** Exempt ones, apps, one that has a row only when somebody asks for one. */
  private static final long[] UIDS = {0, 33, 999, 1000, 10_123, 10_124, 65_000, 1_010_123};

  private static final List<String> REMOTES = List.of("192.168.1.9", "10.1.2.3", "198.51.100.1");

  private final SplittableRandom random = Seed.of("verdicts", 0);
  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(1024, 64, 64, 2, true),
          new UUID(1, 1),
          Instant.EPOCH,
          () -> 1);
  private final Terms terms = terms();

  private static Terms terms() {
    return Terms.of(new Author(0, "test", ""));
  }

  @Test
  void verdicts_anyPolicy_areWhatCallsAndPacketsExperience(@TempDir Path directory)
      throws UnknownHostException {
    Seed.announce("VerdictDifferenceTest");
    int blocked = 0;
    try (FirewallService firewall = open(directory)) {
      for (int i = 0; i < POLICIES; i++) {
        String changed = change(firewall);
        for (int asked = 0; asked < ASKED; asked++) {
          blocked += compare(firewall, "policy " + i + " (" + changed + ")") ? 1 : 0;
        }
      }
      assertThat(firewall.status().problems()).isEmpty();
    }
    assertThat(blocked).as("blocked").isBetween(POLICIES / 4, ASKED * POLICIES * 9 / 10);
  }

  private FirewallService open(Path directory) {
    return FirewallService.open(
        new FirewallConfig(
            directory, Exemptions.LINUX, BackgroundDelay.DEFAULT, ZoneOffset.UTC, Set.of()),
        kernel.datapath(),
        this::interfaces,
        SocketDestroyer.NONE,
        new Boot("boot", () -> 1),
        Clock.systemUTC(),
        PastUsage.UNKNOWN);
  }

  private List<Networks.Interface> interfaces() {
    List<Networks.Interface> interfaces = new ArrayList<>();
    for (int i = 0; i < IFINDEXES.length; i++) {
      interfaces.add(
          new Networks.Interface(
              kernel.host().cookie(),
              true,
              IFINDEXES[i],
              NAMES.get(i),
              "physical",
              14,
              Networks.View.WIRE,
              Traffic.NONE));
    }
    return interfaces;
  }

  // ---- policies -------------------------------------------------------------------------------

  private String change(FirewallService firewall) throws UnknownHostException {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> toggle(firewall);
      case 3, 4, 5 -> rule(firewall);
      case 6 -> replace(firewall);
      case 7 ->
          set(firewall, Setting.Device.of().with(DeviceFlag.DATA_SAVER, random.nextBoolean()));
      case 8 -> set(firewall, interfaceAttributes());
      case 9 -> set(firewall, new Setting.Lockdown(uids()));
      case 10 -> set(firewall, localNetwork());
      default -> other(firewall);
    };
  }

  private String toggle(FirewallService firewall) {
    String chain = pick(CHAINS);
    boolean enabled = random.nextInt(4) == 0;
    firewall.setEnabled(chain, enabled, terms);
    return chain + " " + enabled;
  }

  private String rule(FirewallService firewall) {
    List<String> all = new ArrayList<>(CHAINS);
    all.addAll(LISTS);
    String chain = pick(all);
    long uid = uid();
    Rule rule = pick(List.of(Rule.ALLOW, Rule.DENY, Rule.DEFAULT));
    firewall.setRule(chain, uid, rule, Optional.empty(), terms);
    return "%s %d %s".formatted(chain, uid, rule);
  }

  private String replace(FirewallService firewall) {
    String chain = pick(CHAINS);
    SortedSet<Long> uids = uids();
    firewall.replaceUids(chain, uids, terms);
    return chain + " " + uids;
  }

  private String set(FirewallService firewall, Setting document) {
    firewall.replace(document, terms);
    return document.toString();
  }

  private Setting interfaceAttributes() {
    TreeMap<String, Setting.Attributes> byName = new TreeMap<>();
    for (String name : NAMES.subList(1, NAMES.size())) {
      byName.put(
          name,
          new Setting.Attributes(
              random.nextBoolean(),
              false,
              random.nextBoolean(),
              Optional.empty(),
              Optional.empty(),
              false));
    }
    return new Setting.Interfaces(byName);
  }

  private Setting localNetwork() throws UnknownHostException {
    return new Setting.LocalNetwork(
        Map.of(
            new Prefix(InetAddress.getByName("192.168.0.0"), 16),
            Rule.DENY,
            new Prefix(InetAddress.getByName("10.0.0.0"), 8),
            random.nextBoolean() ? Rule.DENY : Rule.ALLOW),
        uids());
  }

  /** Rarer kinds. */
  private String other(FirewallService firewall) {
    String chain = pick(CUSTOM);
    switch (random.nextInt(6)) {
      case 0 -> firewall.deleteChain(chain, terms);
      case 1 -> set(firewall, new Setting.Permissions(uids(), new TreeSet<>(), new TreeSet<>()));
      case 2 -> set(firewall, interfaceRules());
      default -> {
        if (firewall.chain(chain).isEmpty()) {
          boolean allowlist = random.nextBoolean();
          firewall.createChain(
              chain, allowlist ? Chain.Kind.ALLOWLIST : Chain.Kind.DENYLIST, terms);
        }
        firewall.replaceUids(chain, uids(), terms);
        firewall.setEnabled(chain, random.nextInt(3) == 0, terms);
      }
    }
    return "other, " + chain;
  }

  private Setting interfaceRules() {
    TreeMap<Long, String> byUid = new TreeMap<>();
    for (long uid : uids()) {
      byUid.put(uid, random.nextInt(3) == 0 ? Setting.InterfaceRules.ANY : pick(NAMES));
    }
    return new Setting.InterfaceRules(byUid);
  }

  private SortedSet<Long> uids() {
    SortedSet<Long> uids = new TreeSet<>();
    for (long uid : UIDS) {
      if (random.nextInt(3) == 0) {
        uids.add(uid);
      }
    }
    return uids;
  }

  // ---- experience -----------------------------------------------------------------------------

  private boolean compare(FirewallService firewall, String policy) throws UnknownHostException {
    long uid = uid();
    int network = random.nextInt(IFINDEXES.length);
    boolean inbound = random.nextBoolean();
    InetAddress remote = InetAddress.getByName(pick(REMOTES));
    Question question =
        new Question(
            Optional.of(NAMES.get(network)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            inbound,
            Optional.of(remote),
            Map.of(),
            Optional.empty(),
            OptionalLong.empty());
    Verdict verdict = firewall.verdict(uid, question);
    Optional<RefusedBy> experienced =
        inbound
            ? arrival(uid, IFINDEXES[network], remote)
            : connection(uid, IFINDEXES[network], remote);
    assertThat(verdict.refusedBy())
        .as("%s: UID %d, %s", policy, uid, question)
        .isEqualTo(experienced);
    assertThat(verdict.blocked()).isEqualTo(experienced.isPresent());
    assertThat(verdict.reasons().isEmpty()).isEqualTo(experienced.isEmpty());
    return experienced.isPresent();
  }

  private Optional<RefusedBy> connection(long uid, int ifindex, InetAddress remote)
      throws UnknownHostException {
    Optional<Socket> socket = kernel.trySocket(uid, kernel.host(), Socket.AF_INET, 1, 6);
    if (socket.isEmpty()) {
      return Optional.of(RefusedBy.CREATE);
    }
    // On loopback the other end is loopback too.
    InetAddress target = ifindex == 1 ? InetAddress.getByName("127.0.0.1") : remote;
    if (!kernel.connect(socket.get(), uid, target, 443)) {
      return Optional.of(RefusedBy.CONNECT);
    }
    Skb syn = packet(new byte[] {127, 0, 0, 1}, remote.getAddress()).from(socket.get()).on(ifindex);
    return kernel.egress(syn, 0) ? Optional.empty() : Optional.of(RefusedBy.PACKET);
  }

  private Optional<RefusedBy> arrival(long uid, int ifindex, InetAddress remote) {
    Socket socket = kernel.olderSocket(uid, kernel.host(), Socket.AF_INET, 1, 6);
    Skb segment = packet(remote.getAddress(), new byte[] {10, 9, 9, 9}).from(socket).on(ifindex);
    return kernel.ingress(segment, 1) ? Optional.empty() : Optional.of(RefusedBy.PACKET);
  }

  private static Skb packet(byte[] source, byte[] target) {
    byte[] head = new byte[40];
    head[0] = 0x45;
    head[9] = 6;
    System.arraycopy(source, 0, head, 12, 4);
    System.arraycopy(target, 0, head, 16, 4);
    head[32] = 0x50;
    head[33] = 2;
    return new Skb().carrying(Skb.IPV4, head, 40);
  }

  private long uid() {
    return UIDS[random.nextInt(UIDS.length)];
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
