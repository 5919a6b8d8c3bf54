package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.layout.Layouts;

class ReconcilerTest {
  private final FakeRuleMaps maps = new FakeRuleMaps();
  private final Reconciler reconciler = new Reconciler(maps);
  private final Policy none = Policy.initial();

  private static Desired compiled(Policy policy) {
    return compiled(policy, QuotaBook.EMPTY);
  }

  private static Desired compiled(Policy policy, QuotaBook quotas) {
    return Compiler.compile(
        policy, quotas, Exemptions.LINUX, RandomPolicies.LINKS, RandomPolicies.NOW);
  }

  private List<String> apply(Policy policy) {
    return reconciler.apply(compiled(policy));
  }

  /** What fresh maps hold. */
  private static Map<String, Object> fresh(Policy policy) {
    FakeRuleMaps maps = new FakeRuleMaps();
    assertThat(new Reconciler(maps).apply(compiled(policy))).isEmpty();
    return maps.contents();
  }

  @Test
  void apply_twice_callsNothingButReads() {
    Policy policy = new RandomPolicies(3).policy();
    apply(policy);
    List<String> calls = new ArrayList<>();
    maps.onCall = calls::add;
    assertThat(apply(policy)).isEmpty();
    assertThat(calls).allMatch(call -> call.startsWith("entries"));
  }

  /** A switch of a chain waits for no look at a map. */
  @Test
  void apply_ofWhatIsHeld_asksForNothing() {
    Policy policy = new RandomPolicies(3).policy();
    apply(policy);
    List<String> calls = new ArrayList<>();
    maps.onCall = calls::add;
    Policy switched = policy.withEnabled("standby", !policy.chain("standby").enabled());
    Rows rows = compiled(policy).rows();
    assertThat(reconciler.apply(compiled(switched, rows), Optional.of(compiled(policy, rows))))
        .isEmpty();
    assertThat(calls).isEmpty();
    assertThat(maps.contents()).isEqualTo(fresh(switched));
  }

  private static Desired compiled(Policy policy, Rows rows) {
    return Compiler.compile(
        policy, QuotaBook.EMPTY, Exemptions.LINUX, RandomPolicies.LINKS, RandomPolicies.NOW, rows);
  }

  @Test
  void apply_sweepsWhatNobodyWants() {
    maps.uids().setRules(10_123, -1);
    maps.uids().setFlags(10_124, -1);
    int row = maps.makeRow(100_123).orElseThrow();
    maps.uids().setCustom(row, -1);
    maps.control().setEnabledChains(Layouts.CHAIN_OEM_DENY_1);
    maps.control().setEnabledCustom(5);
    maps.control().setCustomAllowlists(4);
    maps.control().setSwitches(3);
    maps.networks.put(new org.uidnet.programs.NetworkId(7, 99), 1);
    maps.discard.put(SettingRules.address("10.0.0.1"), 3);
    maps.local.put(SettingRules.prefix("20.0.0.0/8"), true);

    assertThat(apply(none)).isEmpty();

    assertThat(maps.contents()).isEqualTo(fresh(none));
  }

  /** The failed write is kept, the others are made, and the next round heals it. */
  @Test
  void apply_goesOnAfterEachPossibleFailure() {
    long seed = System.nanoTime();
    RandomPolicies random = new RandomPolicies(seed);
    for (int i = 0; i < 60; i++) {
      Policy policy = random.policy();
      int failing = random.below(25);
      AtomicInteger call = new AtomicInteger();
      maps.onCall =
          name -> {
            if (call.getAndIncrement() == failing) {
              throw new DatapathException("injected at " + name);
            }
          };
      List<String> failures = apply(policy);
      assertThat(failures).as("seed %d", seed).hasSize(call.get() > failing ? 1 : 0);
      assertThat(maps.control().enabledChains())
          .as("seed %d: chains are switched whatever failed", seed)
          .isEqualTo(compiled(policy).enabledChains());
      maps.onCall = name -> {};
      assertThat(apply(policy)).isEmpty();
      assertThat(maps.contents()).as("seed %d, policy %d", seed, i).isEqualTo(fresh(policy));
    }
  }

  /** A call that failed says nothing about whether the UID has a row. */
  @Test
  void makeRow_failingNeverUnblocksTheUid() {
    Policy policy = denied(100_123L);
    apply(policy);
    Reconciler restarted = new Reconciler(maps);
    maps.onCall =
        name -> {
          if (name.startsWith("row")) {
            throw new DatapathException("injected");
          }
        };
    assertThat(restarted.apply(compiled(policy))).containsExactly("injected");
    assertThat(maps.wordsOf(100_123).rules()).isEqualTo(Layouts.CHAIN_OEM_DENY_1);
  }

  @Test
  @Tag("fault")
  void makeRow_withoutRoom_enablesTheAllowlistAllTheSame() {
    FakeRuleMaps small = new FakeRuleMaps(1);
    Policy policy =
        none.withList("dozable", Set.of(100_000L, 100_001L)).withEnabled("dozable", true);
    List<String> failures = new Reconciler(small).apply(compiled(policy));
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0)).startsWith("no row is left for the rules of UID 100001");
    assertThat(small.control().enabledChains()).isEqualTo(Layouts.CHAIN_DOZABLE);
  }

  private Policy denied(Long... uids) {
    return none.withList("oem-deny-1", Set.of(uids)).withEnabled("oem-deny-1", true);
  }

  /** Chains of both words and kinds, switched and listed at the same time. */
  @Test
  void apply_atNoStoreLetsThroughWhoStaysBlocked() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Policy start =
        none.withCustom("night", Chain.Kind.ALLOWLIST).withCustom("kids", Chain.Kind.DENYLIST);
    Policy before = start;
    for (int i = 0; i < 200; i++) {
      Policy after = start;
      for (String chain : List.of("oem-deny-1", "dozable", "standby", "night", "kids")) {
        after = after.withEnabled(chain, random.nextInt(3) == 0);
        after = after.withList(chain, some(random));
      }
      watch(before, after, "seed " + seed + ", change " + i);
      apply(after);
      before = after;
    }
  }

  private static Set<Long> some(Random random) {
    return WATCHED.stream().filter(uid -> random.nextBoolean()).collect(Collectors.toSet());
  }

  private static final List<Long> WATCHED = List.of(10_001L, 10_002L, 70_000L, 70_001L);

  private void watch(Policy before, Policy after, String which) {
    Blocked blockedBefore = blocked(before);
    Blocked blockedAfter = blocked(after);
    List<Long> blocked =
        WATCHED.stream().filter(uid -> blockedBefore.test(uid) && blockedAfter.test(uid)).toList();
    Runnable look = () -> blocked.forEach(uid -> assertThat(isBlockedNow(uid)).as(which).isTrue());
    AtomicBoolean looking = new AtomicBoolean();
    maps.onStore =
        () -> {
          // Looking asks for the same views.
          if (looking.compareAndSet(false, true)) {
            look.run();
            looking.set(false);
          }
        };
    maps.onCall = call -> look.run();
  }

  /**
   * One chain alone also blocks nobody in passing: its list comes and goes while it is disabled.
   */
  @Test
  void switchingAChain_blocksNobodyWhoStaysFree() {
    for (String chain : List.of("dozable", "oem-deny-1", "night", "kids")) {
      Policy start =
          none.withCustom("night", Chain.Kind.ALLOWLIST).withCustom("kids", Chain.Kind.DENYLIST);
      boolean allowlist = start.chain(chain).kind().isAllowlist();
      Policy on =
          start
              .withList(chain, allowlist ? Set.of(10_001L, 70_000L) : Set.of(10_002L, 70_001L))
              .withEnabled(chain, true);
      apply(start);
      watchFree(chain);
      apply(on);
      apply(start);
      maps.onStore = () -> {};
    }
  }

  private void watchFree(String chain) {
    AtomicBoolean looking = new AtomicBoolean();
    maps.onStore =
        () -> {
          if (looking.compareAndSet(false, true)) {
            for (long uid : List.of(10_001L, 70_000L)) {
              assertThat(isBlockedNow(uid)).as(chain).isFalse();
            }
            looking.set(false);
          }
        };
  }

  private static Blocked blocked(Policy policy) {
    return Blocked.by(compiled(policy));
  }

  private boolean isBlockedNow(long uid) {
    ProgramRules.Packet packet =
        new ProgramRules.Packet(
            uid, Interfaces.HOST, 2, false, SettingRules.address("2001:db8::1"));
    return ProgramRules.judge(maps, packet) != Layouts.REASON_NONE;
  }

  /** A reader on another processor, as programs are. Changes are many; time does not matter. */
  @Test
  void replace_neverTreatsUidsOfBothListsOtherwise() throws InterruptedException {
    Set<Long> odd = uids(1);
    Set<Long> even = uids(0);
    Set<Long> common = Set.of(10_500L, 70_000L, 10_501L);
    for (String chain : List.of("oem-deny-1", "dozable")) {
      boolean denied = chain.startsWith("oem");
      Policy a = none.withList(chain, union(odd, common)).withEnabled(chain, true);
      Policy b = none.withList(chain, union(even, common)).withEnabled(chain, true);
      apply(a);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger wrong = new AtomicInteger();
      AtomicInteger looks = new AtomicInteger();
      Thread reader =
          new Thread(
              () -> {
                do {
                  for (long uid : common) {
                    wrong.addAndGet(isBlockedNow(uid) == denied ? 0 : 1);
                    looks.incrementAndGet();
                  }
                } while (!stop.get());
              });
      reader.start();
      for (int i = 0; i < 50; i++) {
        apply(i % 2 == 0 ? b : a);
      }
      stop.set(true);
      reader.join();
      assertThat(wrong).as(chain + ": of " + looks + " looks").hasValue(0);
    }
  }

  private static Set<Long> uids(int remainder) {
    return LongStream.range(10_000, 20_000)
        .filter(uid -> uid % 2 == remainder)
        .boxed()
        .collect(Collectors.toSet());
  }

  private static Set<Long> union(Set<Long> a, Set<Long> b) {
    Set<Long> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  @Test
  void reusedBit_isDisabledBeforeItsKindChanges() {
    apply(none.withCustom("night", Chain.Kind.DENYLIST).withEnabled("night", true));
    Policy other =
        none.withCustom("day", Chain.Kind.ALLOWLIST)
            .withList("day", Set.of(10_123L))
            .withEnabled("day", true);
    assertThat(apply(other)).isEmpty();
    assertThat(maps.contents()).isEqualTo(fresh(other));
  }

  /** Closing writes that failed keep what would open. */
  @Test
  void localNetwork_opensNothingWhileClosingFails() {
    apply(none.with(local("10.0.0.0/8")));
    maps.onCall =
        name -> {
          if (name.startsWith("put local 10.0.0.0/9")) {
            throw new DatapathException("injected");
          }
        };
    apply(none.with(local("10.0.0.0/9", "10.128.0.0/9")));
    assertThat(maps.local.entries).containsEntry(SettingRules.prefix("10.0.0.0/8"), true);
    maps.onCall = name -> {};
    apply(none.with(local("10.0.0.0/9", "10.128.0.0/9")));
    assertThat(maps.local.entries).doesNotContainKey(SettingRules.prefix("10.0.0.0/8"));
  }

  private static Setting local(String... prefixes) {
    Map<org.uidnet.programs.Prefix, Rule> all = new java.util.LinkedHashMap<>();
    for (String prefix : prefixes) {
      all.put(SettingRules.prefix(prefix), Rule.DENY);
    }
    return new Setting.LocalNetwork(all, new TreeSet<>());
  }

  @Test
  @Tag("fault")
  void interfaceRule_ofAVanishedInterfaceLetsNothingThrough() {
    Policy policy = none.with(new Setting.InterfaceRules(new TreeMap<>(Map.of(10_123L, "gone0"))));
    apply(policy);
    assertThat(maps.wordsOf(10_123).allowedInterface()).isEqualTo(Compiler.GONE);
  }

  /**
   * A story, forwards, with each change made twice, with failures between, and squashed. Also by
   * one who remembers what is held.
   */
  @Test
  void story_endsTheSameHoweverItIsTold() {
    long seed = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      List<UnaryOperator<Policy>> changes = changes(new RandomPolicies(seed + i), 40);
      Policy end = none;
      FakeRuleMaps told = new FakeRuleMaps();
      FakeRuleMaps remembered = new FakeRuleMaps();
      Optional<Desired> held = Optional.empty();
      FakeRuleMaps troubled = new FakeRuleMaps();
      Random trouble = new Random(seed + i);
      troubled.onCall =
          name -> {
            if (trouble.nextInt(5) == 0) {
              throw new DatapathException("injected");
            }
          };
      for (UnaryOperator<Policy> change : changes) {
        end = change.apply(end);
        assertThat(change.apply(end)).as("repeated, seed " + (seed + i)).isEqualTo(end);
        new Reconciler(told).apply(compiled(end));
        new Reconciler(remembered).apply(compiled(end), held);
        held = Optional.of(compiled(end));
        new Reconciler(troubled).apply(compiled(end));
      }
      troubled.onCall = name -> {};
      new Reconciler(troubled).apply(compiled(end));
      assertThat(told.contents()).as("seed " + (seed + i)).isEqualTo(fresh(end));
      assertThat(remembered.contents()).as("seed " + (seed + i)).isEqualTo(fresh(end));
      assertThat(troubled.contents()).as("seed " + (seed + i)).isEqualTo(fresh(end));
      for (int k = changes.size() - 1; k >= 0; k--) {
        new Reconciler(told).apply(compiled(changes.get(k).apply(none)));
      }
      assertThat(told.contents())
          .as("reversed, seed " + (seed + i))
          .isEqualTo(fresh(changes.get(0).apply(none)));
    }
  }

  private static List<UnaryOperator<Policy>> changes(RandomPolicies random, int count) {
    List<UnaryOperator<Policy>> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(random.change());
    }
    return changes;
  }
}
