package org.uidnet.firewall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a host's own rules decide at a moment: the first that holds and names the UID. Pure.
 *
 * <p>They are two custom chains, which nobody else may change: a denylist, and, while UIDs that are
 * named nowhere are denied, an allowlist of those that are not. Two, because a chain that became
 * one of the other kind would let everybody through for an instant.
 */
final class OwnDecisions {
  static final String DENIED = "rules";
  static final String OTHERS_DENIED = "rules-others";

  /** Of the word of custom chains; no other gets these. */
  private static final int DENIED_BIT = 1 << 31;

  private static final int OTHERS_BIT = 1 << 30;
  static final int BITS = DENIED_BIT | OTHERS_BIT;
  static final int CHAINS = 2;

  /** No UID: named by {@code all} only, and never in the foreground. */
  private static final long NOBODY = -1;

  private final Setting.OwnRules document;
  private final HostFacts facts;

  /** Those whose conditions hold, but for what depends on the UID. */
  private final List<OwnRule> holding;

  private OwnDecisions(Setting.OwnRules document, HostFacts facts) {
    this.document = document;
    this.facts = facts;
    holding =
        Stream.concat(
                profiles().flatMap(profile -> profile.rules().stream()), document.rules().stream())
            .filter(rule -> rule.when().holds(facts))
            .toList();
  }

  static OwnDecisions of(Setting.OwnRules document, HostFacts facts) {
    return new OwnDecisions(document, facts);
  }

  static OwnDecisions of(PolicyStore.Contents contents, Links links, Moment now, ZoneId zone) {
    return of(contents.policy().settings().ownRules(), HostFacts.of(contents, links, now, zone));
  }

  /** The name of the chain with that bit, if it is one of these. */
  static Optional<String> chain(int bit) {
    return switch (bit) {
      case DENIED_BIT -> Optional.of(DENIED);
      case OTHERS_BIT -> Optional.of(OTHERS_DENIED);
      default -> Optional.empty();
    };
  }

  static boolean isOwn(String chain) {
    return chain.equals(DENIED) || chain.equals(OTHERS_DENIED);
  }

  /** Which rule decides about a UID; for people to read. */
  Optional<String> detail(long uid) {
    return deciding(uid)
        .map(rule -> (rule.effect() == Rule.DENY ? "denied by " : "allowed by ") + rule.label());
  }

  private Stream<OwnProfile> profiles() {
    return document.profiles().stream().filter(profile -> profile.when().holds(facts));
  }

  /** Names of profiles that hold. */
  List<String> activeProfiles() {
    return profiles().map(OwnProfile::name).toList();
  }

  boolean holds(OwnRule rule) {
    return holding.contains(rule);
  }

  /** The rule that decides; empty: none is about the UID at present. */
  Optional<OwnRule> deciding(long uid) {
    return holding.stream()
        .filter(rule -> rule.names(uid) && rule.when().holdsFor(uid, facts))
        .findFirst();
  }

  /** The rule that decides about UIDs that none names. */
  Optional<OwnRule> decidingOthers() {
    return deciding(NOBODY);
  }

  boolean denies(long uid) {
    return deciding(uid).filter(rule -> rule.effect() == Rule.DENY).isPresent();
  }

  /** The policy with both chains; the same where there are no own rules. */
  Policy addedTo(Policy policy) {
    if (document.isEmpty()) {
      return policy;
    }
    boolean others = denies(NOBODY);
    UidSet denied = others ? UidSet.EMPTY : named(this::denies);
    UidSet allowed = others ? named(uid -> !denies(uid)) : UidSet.EMPTY;
    return policy
        .withOwn(
            ChainState.custom(DENIED, Chain.Kind.DENYLIST, DENIED_BIT)
                .withList(denied)
                .withEnabled(!denied.isEmpty()))
        .withOwn(
            ChainState.custom(OTHERS_DENIED, Chain.Kind.ALLOWLIST, OTHERS_BIT)
                .withList(allowed)
                .withEnabled(others));
  }

  OwnRulesInfo info() {
    SortedMap<Long, OwnRulesInfo.Decision> byUid = new TreeMap<>();
    named(uid -> true).stream()
        .forEach(uid -> byUid.put(uid, OwnRulesInfo.Decision.of(deciding(uid))));
    return new OwnRulesInfo(
        activeProfiles(), holding, byUid, OwnRulesInfo.Decision.of(decidingOthers()));
  }

  /** UIDs that rules or facts tell from the others. */
  private UidSet named(LongPredicate which) {
    LongStream bySubject =
        document
            .all()
            .flatMap(rule -> rule.subjects().stream())
            .flatMapToLong(s -> s.uids().stream());
    LongStream byState = facts.foreground().stream().mapToLong(Long::longValue);
    return UidSet.of(LongStream.concat(bySubject, byState).distinct().filter(which));
  }

  /** When an hour of a rule next begins or ends; empty: none tells hours. */
  Optional<Instant> nextLook() {
    return Stream.concat(
            document.profiles().stream().map(OwnProfile::when), document.all().map(OwnRule::when))
        .flatMap(when -> when.hours().stream())
        .map(hours -> hours.nextLook(facts.now(), facts.zone()))
        .min(Comparator.naturalOrder());
  }
}
