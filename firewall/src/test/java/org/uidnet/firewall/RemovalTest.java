package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;

/** A UID is removed: whoever gets its number next finds no rule of it. */
class RemovalTest {
  private static final String DENY = "oem-deny-1";
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  /** Names both UIDs wherever UIDs can be named. */
  private static void nameBoth(FirewallService firewall) {
    Set<Long> both = Set.of(UID, OTHER);
    firewall.createChain("night", Chain.Kind.DENYLIST, ROOT);
    for (ChainInfo chain : firewall.chains()) {
      firewall.replaceUids(chain.name(), both, ROOT);
    }
    for (long uid : both) {
      firewall.setRule("dozable", uid, Rule.DENY, lasting(), ROOT);
    }
    firewall.replace(new Setting.Lockdown(new TreeSet<>(both)), ROOT);
    firewall.replace(
        new Setting.Permissions(new TreeSet<>(both), new TreeSet<>(both), new TreeSet<>(both)),
        ROOT);
    firewall.replace(
        new Setting.InterfaceRules(new TreeMap<>(Map.of(UID, "wlan0", OTHER, "wlan0"))), ROOT);
    firewall.replace(
        new Setting.Quotas(new TreeMap<>(Map.of("one", quota(Set.of(UID)), "two", quota(both)))),
        ROOT);
    firewall.update(
        Setting.LocalNetwork.class,
        before -> new Setting.LocalNetwork(before.prefixes(), new TreeSet<>(both)),
        ROOT);
    tellOfBoth(firewall);
  }

  /** The same of states. */
  private static void tellOfBoth(FirewallService firewall) {
    ProcessReport top = new ProcessReport(ProcessState.TOP, Set.of(), Optional.empty());
    firewall.reportProcesses(Map.of(UID, top, OTHER, top), ROOT.by());
    for (Allowlist list : Allowlist.values()) {
      firewall.replaceAllowlist(list, Set.of(UID, OTHER), ROOT);
    }
    for (long uid : Set.of(UID, OTHER)) {
      firewall.update(Setting.IdleUids.class, before -> before.with(uid, true), ROOT);
      firewall.setUidPolicy(uid, UidPolicy.ALLOW_METERED_BACKGROUND, ROOT);
    }
  }

  private static Quota quota(Set<Long> uids) {
    return new Quota(
        new Quota.Template(UidSet.of(uids), Optional.empty(), false),
        new Cycle.Monthly(1, ZoneOffset.UTC),
        OptionalLong.empty(),
        OptionalLong.of(1000),
        true);
  }

  private static Optional<Lifetime> lasting() {
    return Optional.of(new Lifetime.For(Duration.ofHours(2)));
  }

  /** Of every list and document, as text. */
  private static String policy(Firewall firewall) {
    StringBuilder all = new StringBuilder();
    firewall.chains().forEach(all::append);
    for (Allowlist list : Allowlist.values()) {
      all.append(firewall.allowlist(list));
    }
    return all.append(firewall.settings()).toString();
  }

  @Test
  void removeUid_leavesNoRuleOfItAndAllOfOthers() {
    try (FirewallService firewall = world.open()) {
      nameBoth(firewall);
      String before = policy(firewall);
      assertThat(firewall.uids()).isEqualTo(UidSet.of(List.of(UID, OTHER)));
      assertThat(firewall.removeUid(UID, ROOT).changed()).isTrue();
      assertThat(policy(firewall)).doesNotContain("10123").contains("10124");
      assertThat(firewall.settings().quotas().byId()).containsOnlyKeys("two");
      assertThat(firewall.uids()).isEqualTo(UidSet.of(List.of(OTHER)));
      assertThat(policy(firewall).split("10124", -1)).hasSameSizeAs(before.split("10124", -1));
      assertThat(world.maps.wordsOf(UID)).isEqualTo(world.maps.wordsOf(10_125));
      assertThat(world.maps.wordsOf(OTHER)).isNotEqualTo(world.maps.wordsOf(10_125));
    }
    try (FirewallService firewall = world.open()) {
      assertThat(policy(firewall)).doesNotContain("10123");
    }
  }

  @Test
  void removeUid_isOneEntryOfTheAuditLog() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID, OTHER), ROOT);
      firewall.replace(new Setting.Lockdown(new TreeSet<>(Set.of(UID))), ROOT);
      firewall.removeUid(UID, ROOT);
      assertThat(firewall.audit(10)).hasSize(3);
      assertThat(firewall.audit(1))
          .containsExactly(
              new AuditEntry(
                  World.START,
                  ROOT.by(),
                  "uid 10123",
                  "chain oem-deny-1: uids 10123\nsetting lockdown: 10123",
                  ""));
    }
  }

  @Test
  void removeUid_ofWhomNothingIsKnown_changesNothing() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(OTHER), ROOT);
      assertThat(firewall.removeUid(UID, ROOT).changed()).isFalse();
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      assertThat(firewall.removeUid(UID, ROOT).changed()).isTrue();
      assertThat(firewall.removeUid(UID, ROOT).changed()).isFalse();
      assertThat(firewall.audit(10)).hasSize(3);
    }
  }

  @Test
  void removeUid_isNotUndoneByChangesThatNobodyConfirms() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID, OTHER), ROOT);
      Terms waiting = ROOT.confirmedWithin(Duration.ofSeconds(60));
      firewall.replaceUids(DENY, Set.of(), waiting);
      firewall.replace(new Setting.Lockdown(new TreeSet<>(Set.of(UID))), waiting);
      firewall.removeUid(UID, ROOT);
      assertThat(firewall.pending()).hasSize(2);
    }
    world.pass(Duration.ofSeconds(61));
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.chain(DENY).orElseThrow().uids()).isEqualTo(UidSet.of(List.of(OTHER)));
      assertThat(policy(firewall)).doesNotContain("10123");
    }
  }

  @Test
  void removeUid_thatWasAllowed_endsItsConnections() {
    world.sockets.addAll(List.of(UID, OTHER));
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids("dozable", Set.of(UID, OTHER), ROOT);
      firewall.setEnabled("dozable", true, ROOT);
      assertThat(firewall.removeUid(UID, ROOT).destroyedSockets()).isEqualTo(1);
      assertThat(world.destroyed).containsExactly(UID);
    }
  }

  /** The next holder of the number does not see what was refused to the last. */
  @Test
  void removeUid_forgetsWhatWasRefusedToIt() {
    Instant from = World.START;
    Instant to = World.START.plusSeconds(7200);
    try (FirewallService firewall = world.open()) {
      DropId doze = new DropId(UID, 2, DropId.Call.EGRESS);
      world.maps.drops.put(doze, new Drop(3, 180));
      world.maps.drops.put(new DropId(OTHER, 2, DropId.Call.EGRESS), new Drop(1, 60));
      assertThat(firewall.removeUid(UID, ROOT).changed()).isTrue();
      assertThat(firewall.drops(Set.of(), from, to))
          .extracting(DropRow::uid)
          .containsExactly(OTHER);
      world.maps.drops.put(doze, new Drop(5, 300));
      assertThat(firewall.drops(Set.of(UID), from, to))
          .containsExactly(
              new DropRow(World.START, UID, "DOZE", DropId.Call.EGRESS, new Drop(2, 120)));
    }
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Killed between any two steps; whoever asked for the removal asks again. */
  @ParameterizedTest
  @EnumSource(Steps.Step.class)
  void removeUid_repeatedAfterACrash_isWhole(Steps.Step step) {
    FirewallService killed = world.open();
    nameBoth(killed);
    world.steps =
        reached -> {
          if (reached == step) {
            throw new Crash();
          }
        };
    assertThatThrownBy(() -> killed.removeUid(UID, ROOT)).isInstanceOf(Crash.class);
    world.kill();
    world.steps = Steps.UNOBSERVED;
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.removeUid(UID, ROOT).changed()).isEqualTo(step == Steps.Step.CHECKED);
      assertThat(policy(firewall)).doesNotContain("10123").contains("10124");
      assertThat(world.maps.wordsOf(UID)).isEqualTo(world.maps.wordsOf(10_125));
      assertThat(firewall.audit(100)).filteredOn(e -> e.what().equals("uid 10123")).hasSize(1);
    }
  }
}
