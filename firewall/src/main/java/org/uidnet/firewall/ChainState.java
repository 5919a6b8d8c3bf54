package org.uidnet.firewall;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A chain of a policy.
 *
 * @param bit of built-in chains in the word of rules, of custom ones in the word of custom chains
 * @param enabled true where the chain has no switch
 * @param listed UIDs on the list, without lifetimes
 * @param temporary rules that hold instead for a while
 */
record ChainState(
    String name,
    Chain.Kind kind,
    boolean custom,
    int bit,
    boolean enabled,
    UidSet listed,
    SortedMap<Long, Temporary> temporary) {
  /** A rule that ends. */
  record Temporary(Rule rule, Expiry expiry) {}

  ChainState {
    temporary = Collections.unmodifiableSortedMap(temporary);
  }

  static ChainState of(Chain chain) {
    return new ChainState(
        chain.label(),
        chain.kind(),
        false,
        chain.bit(),
        !chain.kind().hasSwitch(),
        UidSet.EMPTY,
        new TreeMap<>());
  }

  static ChainState custom(String name, Chain.Kind kind, int bit) {
    return new ChainState(name, kind, true, bit, false, UidSet.EMPTY, new TreeMap<>());
  }

  /** Whether a chain of that name is neither built in nor an allowlist. */
  static boolean isCustom(String name) {
    return Chain.of(name).isEmpty() && Allowlist.of(name).isEmpty();
  }

  /** Kept as a chain's list is, but no chain: programs do not know it. */
  static ChainState of(Allowlist list) {
    return new ChainState(
        list.label(), Chain.Kind.ALLOWLIST, false, 0, false, UidSet.EMPTY, new TreeMap<>());
  }

  /** The list that holds at a time. */
  UidSet uids(Moment now) {
    if (temporary.isEmpty()) {
      return listed;
    }
    LongStream lasting = listed.stream().filter(uid -> ruleFor(uid, now).isEmpty());
    LongStream added =
        temporary.keySet().stream()
            .mapToLong(Long::longValue)
            .filter(uid -> ruleFor(uid, now).filter(kind::lists).isPresent());
    return UidSet.of(LongStream.concat(lasting, added));
  }

  /** UIDs on its list, and those with a rule for a while. */
  LongStream named(Moment now) {
    return LongStream.concat(
        listed.stream(), at(now).temporary.keySet().stream().mapToLong(Long::longValue));
  }

  private Optional<Rule> ruleFor(long uid, Moment now) {
    return Optional.ofNullable(temporary.get(uid))
        .filter(rule -> !rule.expiry().isOver(now))
        .map(Temporary::rule);
  }

  boolean lists(long uid, Moment now) {
    return ruleFor(uid, now).map(kind::lists).orElseGet(() -> listed.contains(uid));
  }

  /** The blocked reason that it gives. */
  String blockedReason() {
    return Chain.of(name).map(Chain::blockedReason).orElse("CUSTOM:" + name);
  }

  ChainState withEnabled(boolean enabled) {
    return new ChainState(name, kind, custom, bit, enabled, listed, temporary);
  }

  /** With what state adds; rules for a while hold all the same. */
  ChainState withState(UidSet more, boolean enabledToo) {
    return more.isEmpty() && !enabledToo
        ? this
        : new ChainState(
            name, kind, custom, bit, enabled || enabledToo, listed.plus(more), temporary);
  }

  ChainState withBit(int bit) {
    return new ChainState(name, kind, custom, bit, enabled, listed, temporary);
  }

  ChainState withList(UidSet uids) {
    return with(uids, new TreeMap<>());
  }

  ChainState withRule(long uid, Rule rule) {
    SortedMap<Long, Temporary> rest = new TreeMap<>(temporary);
    rest.remove(uid);
    return with(listed.set(uid, kind.lists(rule)), rest);
  }

  ChainState withTemporary(long uid, Rule rule, Expiry expiry) {
    SortedMap<Long, Temporary> more = new TreeMap<>(temporary);
    more.put(uid, new Temporary(rule == Rule.DEFAULT ? kind.rule(false) : rule, expiry));
    return with(listed, more);
  }

  /** Whether a rule has. */
  boolean hasEnded(Moment now) {
    for (Temporary rule : temporary.values()) {
      if (rule.expiry().isOver(now)) {
        return true;
      }
    }
    return false;
  }

  /** Without what has ended. */
  ChainState at(Moment now) {
    if (!hasEnded(now)) {
      return this;
    }
    SortedMap<Long, Temporary> rest = new TreeMap<>(temporary);
    rest.values().removeIf(rule -> rule.expiry().isOver(now));
    return with(listed, rest);
  }

  private ChainState with(UidSet uids, SortedMap<Long, Temporary> rules) {
    return new ChainState(name, kind, custom, bit, enabled, uids, rules);
  }

  ChainInfo info(Moment now) {
    return info(ChainInfo.ByState.NOTHING, now);
  }

  /** With what state added to it. */
  ChainInfo info(ChainInfo.ByState byState, Moment now) {
    return new ChainInfo(
        name,
        kind,
        !kind.hasSwitch(),
        enabled,
        custom,
        uids(now),
        at(now).temporary.entrySet().stream()
            .map(
                rule ->
                    new ChainInfo.Temporary(
                        rule.getKey(), rule.getValue().rule(), rule.getValue().expiry().about(now)))
            .toList(),
        byState);
  }
}
