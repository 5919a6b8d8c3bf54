package org.uidnet.firewall;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Changes of policies, all from one seed. */
final class RandomPolicies {
  static final List<Long> UIDS =
      List.of(
          0L,
          53L,
          999L,
          1000L,
          9999L,
          10_000L,
          10_123L,
          61_183L,
          61_184L,
          65_519L,
          65_520L,
          65_534L,
          65_535L,
          65_536L,
          100_123L,
          4_294_967_294L);
  static final Links LINKS = Links.of(Interfaces.ALL, Set.of());
  static final Moment NOW =
      new Moment(Instant.parse("2026-01-01T00:00:00Z"), "boot", 1_000_000_000L);

  private static final List<String> NAMES = List.of("wlan0", "rmnet0", "tun0", "*");
  private static final List<String> CUSTOM = List.of("night", "kids", "guests");

  private final Random random;

  RandomPolicies(long seed) {
    random = new Random(seed);
  }

  Policy policy() {
    Policy policy = Policy.initial();
    for (int i = random.nextInt(25); i >= 0; i--) {
      policy = change().apply(policy);
    }
    return policy;
  }

  long uid() {
    return UIDS.get(random.nextInt(UIDS.size()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  private Set<Long> uids() {
    return UIDS.stream().filter(uid -> random.nextInt(4) == 0).collect(Collectors.toSet());
  }

  /** Values are drawn now, so that a change may be made again. */
  UnaryOperator<Policy> change() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> enable();
      case 2, 3 -> {
        String chain = chain();
        Set<Long> uids = uids();
        yield ifKnown(chain, policy -> policy.withList(chain, uids));
      }
      case 4 -> {
        String chain = chain();
        long uid = uid();
        Rule rule = Rule.values()[random.nextInt(3)];
        yield ifKnown(chain, policy -> policy.withRule(chain, uid, rule));
      }
      case 5 -> temporary();
      case 6 -> {
        String name = CUSTOM.get(random.nextInt(CUSTOM.size()));
        Chain.Kind kind = coin() ? Chain.Kind.ALLOWLIST : Chain.Kind.DENYLIST;
        yield policy -> policy.find(name).isPresent() ? policy : policy.withCustom(name, kind);
      }
      case 7 -> {
        String name = CUSTOM.get(random.nextInt(CUSTOM.size()));
        yield policy -> policy.without(name);
      }
      default -> setting();
    };
  }

  private UnaryOperator<Policy> enable() {
    String chain = chain();
    boolean enabled = random.nextInt(3) > 0;
    return policy ->
        policy.find(chain).filter(c -> c.kind().hasSwitch()).isPresent()
            ? policy.withEnabled(chain, enabled)
            : policy;
  }

  private UnaryOperator<Policy> temporary() {
    String chain = chain();
    long uid = uid();
    Rule rule = Rule.values()[random.nextInt(3)];
    Lifetime lifetime =
        switch (random.nextInt(3)) {
          case 0 -> new Lifetime.For(Duration.ofMinutes(1 + random.nextInt(100)));
          case 1 -> new Lifetime.Until(NOW.wall().plusSeconds(random.nextInt(100) - 50));
          default -> new Lifetime.UntilReboot();
        };
    return ifKnown(
        chain, policy -> policy.withTemporary(chain, uid, rule, Expiry.of(lifetime, NOW)));
  }

  private static UnaryOperator<Policy> ifKnown(String chain, UnaryOperator<Policy> change) {
    return policy -> policy.find(chain).isPresent() ? change.apply(policy) : policy;
  }

  private String chain() {
    List<String> all = new ArrayList<>(CUSTOM);
    for (Chain chain : Chain.values()) {
      all.add(chain.label());
    }
    return all.get(random.nextInt(all.size()));
  }

  private UnaryOperator<Policy> setting() {
    Setting document = document();
    return policy -> policy.with(document);
  }

  private Setting.OwnRules ownRules() {
    List<OwnRule> rules = new ArrayList<>();
    for (int line = 1; line <= 1 + random.nextInt(4); line++) {
      Subject some = new Subject("some", UidSet.of(uids()).without(0));
      Subject subject = coin() ? new Subject(Subject.ALL, UidSet.EMPTY) : some;
      rules.add(
          new OwnRule(
              line,
              coin() ? Optional.of("a rule") : Optional.empty(),
              coin() ? Rule.ALLOW : Rule.DENY,
              List.of(subject),
              conditions()));
    }
    return new Setting.OwnRules(Optional.empty(), rules, List.of());
  }

  private Conditions conditions() {
    return new Conditions(
        coin() ? Map.of(DeviceFlag.SCREEN_ON, coin()) : Map.of(),
        coin() ? Map.of(LinkFact.METERED, coin()) : Map.of(),
        random.nextInt(5) == 0 ? Optional.of("a*work") : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Setting document() {
    return switch (random.nextInt(12)) {
      case 0 -> device();
      case 1, 2 -> {
        TreeMap<String, Setting.Attributes> all = new TreeMap<>();
        for (String name : List.of("wlan0", "rmnet0", "tun0", "netns:9/eth0", "gone0")) {
          all.put(
              name,
              new Setting.Attributes(
                  coin(),
                  coin(),
                  coin(),
                  coin() ? Optional.of("mobile") : Optional.empty(),
                  coin() ? Optional.of("a net=work") : Optional.empty(),
                  coin()));
        }
        yield new Setting.Interfaces(all);
      }
      case 3 -> {
        TreeMap<Long, String> all = new TreeMap<>();
        uids().forEach(uid -> all.put(uid, NAMES.get(random.nextInt(NAMES.size()))));
        yield new Setting.InterfaceRules(all);
      }
      case 4 -> new Setting.Lockdown(new TreeSet<>(uids()));
      case 5 ->
          new Setting.LocalNetwork(
              coin()
                  ? SettingRules.INITIAL.localNetwork().prefixes()
                  : Map.of(
                      SettingRules.prefix("10.0.0.0/8"),
                      Rule.DENY,
                      SettingRules.prefix("10.0.0.0/24"),
                      coin() ? Rule.ALLOW : Rule.DENY),
              new TreeSet<>(uids()));
      case 6 ->
          coin()
              ? new Setting.BlockedPorts(new TreeSet<>(coin() ? Set.of(80, 443, 444) : Set.of()))
              : new Setting.IngressDiscard(
                  coin() ? Map.of(SettingRules.address("10.1.2.3"), "tun0") : Map.of());
      case 7 -> quotas();
      case 8 ->
          new Setting.Permissions(
              new TreeSet<>(uids()), new TreeSet<>(uids()), new TreeSet<>(uids()));
      case 9 -> ownRules();
      case 10 -> new Setting.IdleUids(new TreeSet<>(uids()));
      default -> new Setting.UidPolicies(new TreeSet<>(uids()), new TreeSet<>(uids()));
    };
  }

  private Setting.Device device() {
    Setting.Device device = Setting.Device.of();
    for (DeviceFlag flag : DeviceFlag.values()) {
      device = device.with(flag, coin());
    }
    return device.with(DeviceFlag.DATA_SAVER, coin());
  }

  private Setting.Quotas quotas() {
    TreeMap<String, Quota> all = new TreeMap<>();
    for (String id : List.of("mobile", "guests", "night.2")) {
      if (coin()) {
        all.put(id, quota());
      }
    }
    return new Setting.Quotas(all);
  }

  private Quota quota() {
    return new Quota(
        new Quota.Template(
            UidSet.of(uids()),
            coin() ? Optional.of(NAMES.get(random.nextInt(3))) : Optional.empty(),
            coin()),
        coin()
            ? new Cycle.Monthly(1 + random.nextInt(31), ZoneId.of("Europe/Berlin"))
            : new Cycle.Every(Duration.ofHours(6), NOW.wall()),
        coin() ? OptionalLong.of(random.nextInt(1000)) : OptionalLong.empty(),
        coin() ? OptionalLong.of(random.nextInt(1000)) : OptionalLong.empty(),
        coin());
  }
}
