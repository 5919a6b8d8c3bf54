package org.uidnet.firewall;

import static org.uidnet.firewall.FirewallException.Cause.FIXED;
import static org.uidnet.firewall.FirewallException.Cause.NO_ROOM;
import static org.uidnet.firewall.FirewallException.Cause.OTHER_KIND;
import static org.uidnet.firewall.FirewallException.Cause.UNKNOWN_CHAIN;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is wanted: all chains by name, Android's first, allowlists and the settings. A value;
 * changes are checked and give another one.
 *
 * @param allowlists what chains' lists are made of, kept as those are
 */
record Policy(
    Map<String, ChainState> chains, Map<Allowlist, ChainState> allowlists, Settings settings) {
  static final long LAST_UID = 0xfffffffeL;

  /** Chains beside Android's: bits of a word. */
  private static final int MOST_CUSTOM = Integer.SIZE - OwnDecisions.CHAINS;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  Policy {
    chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    allowlists = Collections.unmodifiableMap(new EnumMap<>(allowlists));
  }

  /** Nothing is blocked. */
  static Policy initial() {
    Map<String, ChainState> chains = new LinkedHashMap<>();
    for (Chain chain : Chain.values()) {
      chains.put(chain.label(), ChainState.of(chain));
    }
    Map<Allowlist, ChainState> allowlists = new EnumMap<>(Allowlist.class);
    for (Allowlist list : Allowlist.values()) {
      allowlists.put(list, ChainState.of(list));
    }
    return new Policy(chains, allowlists, SettingRules.INITIAL);
  }

  ChainState chain(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new FirewallException(
                    UNKNOWN_CHAIN,
                    "there is no chain '" + name + "'; there are " + String.join(", ", names())));
  }

  ChainState allowlist(Allowlist list) {
    return Objects.requireNonNull(allowlists.get(list), "all are there from the first");
  }

  /** Lists of UIDs of either kind. */
  Stream<ChainState> lists() {
    return Stream.concat(chains.values().stream(), allowlists.values().stream());
  }

  Optional<ChainState> find(String name) {
    return Optional.ofNullable(chains.get(name));
  }

  private Set<String> names() {
    return chains.keySet();
  }

  List<ChainState> custom() {
    return chains.values().stream()
        .filter(ChainState::custom)
        .sorted(Comparator.comparing(ChainState::bit, Integer::compareUnsigned))
        .toList();
  }

  Policy withEnabled(String name, boolean enabled) {
    ChainState chain = chain(name);
    if (!chain.kind().hasSwitch()) {
      throw new FirewallException(
          FIXED, "chain '" + name + "' is always in force on metered networks: it has no switch");
    }
    return with(chain.withEnabled(enabled));
  }

  Policy withList(String name, Set<Long> uids) {
    uids.forEach(Policy::checkUid);
    return with(chain(name).withList(UidSet.of(uids)));
  }

  Policy withRule(String name, long uid, Rule rule) {
    checkUid(uid);
    return with(chain(name).withRule(uid, rule));
  }

  Policy withTemporary(String name, long uid, Rule rule, Expiry expiry) {
    checkUid(uid);
    return with(chain(name).withTemporary(uid, rule, expiry));
  }

  Policy with(Allowlist name, ChainState list) {
    Map<Allowlist, ChainState> all = new EnumMap<>(allowlists);
    all.put(name, list);
    return new Policy(chains, all, settings);
  }

  Policy withList(Allowlist list, Set<Long> uids) {
    uids.forEach(Policy::checkUid);
    return with(list, allowlist(list).withList(UidSet.of(uids)));
  }

  Policy withRule(Allowlist list, long uid, Rule rule) {
    checkUid(uid);
    return with(list, allowlist(list).withRule(uid, rule));
  }

  Policy withTemporary(Allowlist list, long uid, Rule rule, Expiry expiry) {
    checkUid(uid);
    return with(list, allowlist(list).withTemporary(uid, rule, expiry));
  }

  /** A chain with what state adds to it. */
  Policy withState(Chain chain, UidSet more, boolean enabledToo) {
    return with(chain(chain.label()).withState(more, enabledToo));
  }

  Policy withCustom(String name, Chain.Kind kind) {
    Optional<ChainState> known = find(name);
    if (known.isPresent()) {
      requireKind(known.get(), kind);
      return this;
    }
    checkCustom(name, kind);
    return with(ChainState.custom(name, kind, freeBit()));
  }

  private static void requireKind(ChainState known, Chain.Kind kind) {
    if (known.kind() != kind) {
      throw new FirewallException(
          OTHER_KIND,
          "chain '%s' is of kind %s, not %s; delete it first or choose another name"
              .formatted(known.name(), known.kind(), kind));
    }
  }

  private static void checkCustom(String name, Chain.Kind kind) {
    if (!kind.hasSwitch()) {
      throw FirewallException.invalid(
          "a custom chain is an ALLOWLIST or a DENYLIST, not a " + kind);
    }
    if (!NAME.matcher(name).matches()
        || Allowlist.of(name).isPresent()
        || OwnDecisions.isOwn(name)) {
      throw FirewallException.invalid(
          "a chain's name is a letter and up to 39 letters, digits and dashes, all lower case, and"
              + " not that of an allowlist or of own rules");
    }
  }

  private int freeBit() {
    int used =
        custom().stream().mapToInt(ChainState::bit).reduce(OwnDecisions.BITS, (a, b) -> a | b);
    if (used == -1) {
      throw new FirewallException(
          NO_ROOM, "there are " + MOST_CUSTOM + " custom chains already; delete one first");
    }
    return Integer.lowestOneBit(~used);
  }

  Policy without(String name) {
    if (Chain.of(name).isPresent()) {
      throw new FirewallException(
          FIXED, "chain '" + name + "' is built in; disable it or empty its list instead");
    }
    Map<String, ChainState> rest = new LinkedHashMap<>(chains);
    rest.remove(name);
    return new Policy(rest, allowlists, settings);
  }

  /** Puts a chain back as it was; its bit may be another's by now. */
  Policy restored(ChainState chain) {
    boolean taken =
        chain.custom()
            && custom().stream()
                .anyMatch(c -> c.bit() == chain.bit() && !c.name().equals(chain.name()));
    return with(taken ? chain.withBit(freeBit()) : chain);
  }

  <S extends Setting> Policy withSetting(Class<S> kind, UnaryOperator<S> change, Links interfaces) {
    S before = settings.get(kind);
    S after = change.apply(before);
    SettingRules.check(before, after, interfaces);
    return with(after);
  }

  /** The chains of own rules, which have bits of their own. */
  Policy withOwn(ChainState chain) {
    return with(chain);
  }

  Policy with(Setting document) {
    return new Policy(chains, allowlists, SettingRules.with(settings, document));
  }

  /** Without rules that have ended. */
  Policy at(Moment now) {
    if (lists().noneMatch(list -> list.hasEnded(now))) {
      return this;
    }
    Map<String, ChainState> then = new LinkedHashMap<>(chains);
    then.replaceAll((name, chain) -> chain.at(now));
    Map<Allowlist, ChainState> lists = new EnumMap<>(allowlists);
    lists.replaceAll((name, list) -> list.at(now));
    return new Policy(then, lists, settings);
  }

  /** Replaces or adds; custom chains are kept in the order of their names. */
  private Policy with(ChainState chain) {
    Map<String, ChainState> all = new LinkedHashMap<>(chains);
    boolean known = all.put(chain.name(), chain) != null;
    return new Policy(known ? all : sorted(all), allowlists, settings);
  }

  private static Map<String, ChainState> sorted(Map<String, ChainState> chains) {
    Map<String, ChainState> sorted = new LinkedHashMap<>();
    chains.values().stream()
        .filter(chain -> !chain.custom())
        .forEach(chain -> sorted.put(chain.name(), chain));
    chains.values().stream()
        .filter(ChainState::custom)
        .sorted(Comparator.comparing(ChainState::name))
        .forEach(chain -> sorted.put(chain.name(), chain));
    return sorted;
  }

  /** Those that anything names. */
  UidSet uids(Moment now) {
    LongStream listed = lists().flatMapToLong(list -> list.named(now));
    LongStream others =
        settings.all().stream()
            .flatMap(setting -> SettingRules.uids(setting).stream())
            .mapToLong(Long::longValue);
    return UidSet.of(LongStream.concat(listed, others));
  }

  /** Without anything that names the UID. */
  Policy withoutUid(long uid) {
    Policy rest = this;
    for (ChainState chain : chains.values()) {
      rest = rest.with(chain.withRule(uid, Rule.DEFAULT));
    }
    for (Allowlist list : Allowlist.values()) {
      rest = rest.withRule(list, uid, Rule.DEFAULT);
    }
    for (Setting setting : settings.all()) {
      rest = rest.with(SettingRules.withoutUid(setting, uid));
    }
    return rest;
  }

  /** Whether any rule names the UID: Android has an entry for it. */
  boolean concerns(long uid, Moment now) {
    return chains.values().stream().anyMatch(chain -> chain.lists(uid, now))
        || settings.interfaceRules().byUid().containsKey(uid)
        || settings.lockdown().uids().contains(uid);
  }

  static void checkUid(long uid) {
    if (uid < 0 || uid > LAST_UID) {
      throw FirewallException.invalid("%d is no UID: those are 0 to %d".formatted(uid, LAST_UID));
    }
  }
}
