package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.firewall.World.ROOT;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.Prefix;
import org.uidnet.programs.layout.Layouts;

class FirewallServiceTest {
  private static final String DENY = "oem-deny-1";
  private static final long UID = 10_123;

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private boolean denied() {
    return (world.maps.wordsOf(UID).rules() & Layouts.CHAIN_OEM_DENY_1) != 0;
  }

  private static Optional<Lifetime> lasting(int minutes) {
    return Optional.of(new Lifetime.For(Duration.ofMinutes(minutes)));
  }

  private static FirewallException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(FirewallException.class, c);
  }

  @Test
  void enable_blocksAndEndsConnectionsOfTheBlockedOnly() {
    world.sockets.addAll(List.of(0L, 53L, UID, 10_124L, 100_123L));
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.replaceUids(DENY, Set.of(UID, 53L), ROOT).destroyedSockets()).isZero();
      Applied applied = firewall.setEnabled(DENY, true, ROOT);
      assertThat(applied.changed()).isTrue();
      assertThat(applied.problems()).isEmpty();
      assertThat(world.destroyed).containsExactlyInAnyOrder(53L, UID);
      firewall.replaceUids("dozable", Set.of(10_124L), ROOT);
      assertThat(firewall.setEnabled("dozable", true, ROOT).destroyedSockets()).isEqualTo(1);
      assertThat(world.sockets).containsExactly(0L, 10_124L);
      assertThat(firewall.setEnabled("dozable", true, ROOT).changed()).isFalse();
    }
  }

  /**
   * A change waits for no look at all rows and maps, but for what it makes different; a round twice
   * a minute looks at everything.
   */
  @Test
  void whatSomebodyElseWrote_staySwitchAfterSwitchUntilARoundLooks() {
    try (FirewallService firewall = world.open()) {
      firewall.setRule(DENY, UID, Rule.DENY, Optional.empty(), ROOT);
      world.maps.uids().setRules(5000, Layouts.CHAIN_STANDBY);
      Prefix foreign = SettingRules.prefix("20.0.0.0/8");
      world.maps.local.put(foreign, true);
      firewall.setEnabled(DENY, true, ROOT);
      firewall.setEnabled(DENY, false, ROOT);
      assertThat(world.maps.wordsOf(5000).rules()).isEqualTo(Layouts.CHAIN_STANDBY);
      assertThat(world.maps.local.entries).containsKey(foreign);
      assertThat(denied()).isTrue();
      world.pass(Duration.ofSeconds(30));
      firewall.round();
      assertThat(world.maps.wordsOf(5000).rules()).isZero();
      assertThat(world.maps.local.entries).doesNotContainKey(foreign);

      world.maps.uids().setRules(5000, Layouts.CHAIN_STANDBY);
      firewall.setRule(DENY, UID, Rule.ALLOW, Optional.empty(), ROOT);
      assertThat(world.maps.wordsOf(5000).rules()).isEqualTo(Layouts.CHAIN_STANDBY);
      assertThat(denied()).isFalse();
    }
  }

  @Test
  void policy_survivesDeathAndIsSweptOntoOtherMaps() {
    FirewallService firewall = world.open();
    firewall.createChain("night", Chain.Kind.ALLOWLIST, ROOT);
    firewall.replaceUids("night", Set.of(UID, 70_000L), ROOT);
    firewall.setEnabled("night", true, ROOT);
    firewall.setRule(DENY, 10_124, Rule.DENY, lasting(5), ROOT);
    firewall.replace(Setting.Device.of(DeviceFlag.DATA_SAVER), ROOT);
    Map<String, Object> contents = world.maps.contents();
    List<ChainInfo> chains = firewall.chains();
    world.kill();

    World other = new World(directory);
    other.maps.uids().setRules(5000, -1);
    try (FirewallService again = other.open()) {
      assertThat(other.maps.contents()).isEqualTo(contents);
      assertThat(again.chains()).isEqualTo(chains);
      assertThat(again.settings().device().is(DeviceFlag.DATA_SAVER)).isTrue();
    }
  }

  @Test
  void errors_areAndroids() {
    try (FirewallService firewall = world.open()) {
      Map<String, Object> before = world.maps.contents();
      assertThat(refused(() -> firewall.setEnabled("nosuch", true, ROOT)).errno())
          .isEqualTo("EINVAL");
      assertThat(
              refused(() -> firewall.setRule(DENY, -1, Rule.DENY, Optional.empty(), ROOT)).errno())
          .isEqualTo("EINVAL");
      assertThat(refused(() -> firewall.replaceUids(DENY, Set.of(4_294_967_295L), ROOT)).errno())
          .isEqualTo("EINVAL");
      assertThat(refused(() -> firewall.setEnabled("metered-allow", true, ROOT)).errno())
          .isEqualTo("EPERM");
      assertThat(refused(() -> firewall.deleteChain(DENY, ROOT)).errno()).isEqualTo("EPERM");
      assertThat(refused(() -> firewall.createChain(DENY, Chain.Kind.ALLOWLIST, ROOT)).errno())
          .isEqualTo("EEXIST");
      assertThat(refused(() -> firewall.createChain("a b", Chain.Kind.ALLOWLIST, ROOT)).errno())
          .isEqualTo("EINVAL");
      assertThat(
              refused(
                      () ->
                          firewall.replace(
                              new Setting.InterfaceRules(new TreeMap<>(Map.of(UID, "eth9"))), ROOT))
                  .errno())
          .isEqualTo("ENODEV");
      assertThat(refused(() -> firewall.confirm("77", ROOT.by())).errno()).isEqualTo("ENOENT");
      assertThat(
              refused(
                      () ->
                          firewall.replace(
                              new Setting.BlockedPorts(new TreeSet<>(Set.of(0))), ROOT))
                  .errno())
          .isEqualTo("EINVAL");
      assertThat(world.maps.contents()).isEqualTo(before);
      assertThat(firewall.audit(10)).isEmpty();
    }
  }

  /** ENOENT without any entry, silence with one that lacks the bit. */
  @Test
  void strictRemoval_failsOnlyForUidsOnNoList() {
    try (FirewallService firewall = world.open()) {
      Optional<Lifetime> ever = Optional.empty();
      assertThat(
              refused(() -> firewall.setRule(DENY, UID, Rule.ALLOW, ever, ROOT.strictly())).errno())
          .isEqualTo("ENOENT");
      assertThat(firewall.setRule(DENY, UID, Rule.ALLOW, ever, ROOT).changed()).isFalse();
      firewall.setRule("oem-deny-2", UID, Rule.DENY, ever, ROOT);
      assertThat(firewall.setRule(DENY, UID, Rule.DEFAULT, ever, ROOT.strictly()).changed())
          .isFalse();
      assertThat(firewall.rule("oem-deny-2", UID)).isEqualTo(Rule.DENY);
      assertThat(firewall.rule("dozable", UID)).isEqualTo(Rule.DENY);
      assertThat(firewall.rule(DENY, UID)).isEqualTo(Rule.ALLOW);
    }
  }

  /** Two bits of the word are of own rules. */
  @Test
  void customChains_areThirtyWithStableBits() {
    try (FirewallService firewall = world.open()) {
      for (int i = 0; i < 30; i++) {
        firewall.createChain("c" + i, Chain.Kind.DENYLIST, ROOT);
        firewall.replaceUids("c" + i, Set.of(10_000L + i), ROOT);
      }
      assertThat(refused(() -> firewall.createChain("more", Chain.Kind.DENYLIST, ROOT)).errno())
          .isEqualTo("ENOSPC");
      assertThat(world.maps.uids().custom(10_029)).isEqualTo(1 << 29);
      firewall.deleteChain("c3", ROOT);
      assertThat(world.maps.uids().custom(10_003)).isZero();
      firewall.createChain("new", Chain.Kind.ALLOWLIST, ROOT);
      assertThat(world.maps.control().customAllowlists()).isEqualTo(1 << 3);
      assertThat(world.maps.uids().custom(10_029)).isEqualTo(1 << 29);
    }
  }

  @Test
  @Tag("fault")
  void temporary_endsByTheBootClock_whateverTheWallClockSays() {
    FirewallService firewall = world.open();
    firewall.setRule(DENY, UID, Rule.DENY, lasting(10), ROOT);
    world.wall = world.wall.plus(Duration.ofDays(400));
    firewall.round();
    assertThat(denied()).isTrue();
    assertThat(firewall.untilNextRound(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(10));
    world.kill();
    firewall = world.open();
    world.bootNanos += Duration.ofMinutes(10).toNanos() - 1;
    firewall.round();
    assertThat(denied()).isTrue();
    world.bootNanos += 1;
    assertThat(firewall.untilNextRound(Duration.ofHours(1))).isZero();
    firewall.round();
    assertThat(denied()).isFalse();
    assertThat(firewall.chain(DENY).orElseThrow().temporary()).isEmpty();
    assertThat(firewall.audit(1).get(0).by()).isEqualTo(Author.SELF);
    firewall.close();
  }

  @Test
  void temporary_overAReboot_endsByTheWallClock() {
    FirewallService firewall = world.open();
    firewall.setRule(DENY, UID, Rule.DENY, lasting(10), ROOT);
    firewall.setRule("oem-deny-2", UID, Rule.DENY, Optional.of(new Lifetime.UntilReboot()), ROOT);
    world.kill();
    world.reboot(Duration.ofMinutes(9));
    firewall = world.open();
    assertThat(denied()).isTrue();
    assertThat(world.maps.wordsOf(UID).rules() & Layouts.CHAIN_OEM_DENY_2).isZero();
    world.pass(Duration.ofMinutes(1));
    firewall.round();
    assertThat(denied()).isFalse();
    firewall.close();
  }

  @Test
  void temporary_givesBackWhatWasThereBefore() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      firewall.setRule(
          DENY,
          UID,
          Rule.ALLOW,
          Optional.of(new Lifetime.Until(World.START.plusSeconds(60))),
          ROOT);
      assertThat(denied()).isFalse();
      assertThat(firewall.chain(DENY).orElseThrow().uids().toList()).isEmpty();
      world.pass(Duration.ofSeconds(60));
      firewall.round();
      assertThat(denied()).isTrue();
    }
  }

  @Test
  void unconfirmed_isUndone_alsoByAnotherDaemon() {
    FirewallService firewall = world.open();
    firewall.replaceUids(DENY, Set.of(10_124L), ROOT);
    Terms terms = ROOT.confirmedWithin(Duration.ofSeconds(60));
    Pending first = firewall.replaceUids(DENY, Set.of(UID), terms).pending().orElseThrow();
    assertThat(first.undoneAt()).isEqualTo(World.START.plusSeconds(60));
    assertThat(firewall.pending()).containsExactly(first);
    world.kill();
    world.pass(Duration.ofSeconds(59));
    firewall = world.open();
    assertThat(denied()).isTrue();
    world.pass(Duration.ofSeconds(1));
    firewall.round();
    assertThat(denied()).isFalse();
    assertThat(firewall.chain(DENY).orElseThrow().uids().toList()).containsExactly(10_124L);
    assertThat(firewall.pending()).isEmpty();
    firewall.close();
  }

  @Test
  void confirmed_stays_andNewChainsAreUndoneByDeletion() {
    try (FirewallService firewall = world.open()) {
      Terms terms = ROOT.confirmedWithin(Duration.ofSeconds(60));
      Pending kept =
          firewall.createChain("kept", Chain.Kind.DENYLIST, terms).pending().orElseThrow();
      firewall.createChain("lost", Chain.Kind.DENYLIST, terms);
      firewall.replace(Setting.Device.of(DeviceFlag.DATA_SAVER), terms);
      firewall.confirm(kept.changeId(), ROOT.by());
      world.pass(Duration.ofSeconds(60));
      firewall.round();
      assertThat(firewall.chain("kept")).isPresent();
      assertThat(firewall.chain("lost")).isEmpty();
      assertThat(firewall.settings().device().is(DeviceFlag.DATA_SAVER)).isFalse();
    }
  }

  /** The first undone and the second confirmed, neither comes back with the next daemon. */
  @Test
  void undoneAndConfirmed_areDoneWith() {
    FirewallService firewall = world.open();
    Terms terms = ROOT.confirmedWithin(Duration.ofSeconds(60));
    firewall.setEnabled(DENY, true, terms);
    Pending kept = firewall.setEnabled("oem-deny-2", true, terms).pending().orElseThrow();
    firewall.confirm(kept.changeId(), ROOT.by());
    world.pass(Duration.ofSeconds(60));
    firewall.round();
    firewall.setEnabled(DENY, true, ROOT);
    world.kill();
    firewall = world.open();
    assertThat(firewall.pending()).isEmpty();
    assertThat(firewall.chain(DENY).orElseThrow().enabled()).isTrue();
    assertThat(firewall.chain("oem-deny-2").orElseThrow().enabled()).isTrue();
    firewall.close();
  }

  @Test
  void failedWrite_isShownAndTriedAgain() {
    try (FirewallService firewall = world.open()) {
      world.maps.onCall =
          call -> {
            if (call.startsWith("row")) {
              throw new DatapathException("cannot make the row: no memory");
            }
          };
      Applied applied = firewall.replaceUids(DENY, Set.of(UID, 100_123L), ROOT);
      assertThat(applied.changed()).isTrue();
      assertThat(applied.problems()).containsExactly("cannot make the row: no memory");
      assertThat(denied()).isTrue();
      assertThat(firewall.status().failedWrites()).isEqualTo(1);
      assertThat(firewall.status().problems()).hasSize(1);
      world.maps.onCall = call -> {};
      firewall.round();
      assertThat(world.maps.wordsOf(100_123).rules()).isEqualTo(Layouts.CHAIN_OEM_DENY_1);
      assertThat(firewall.status().problems()).isEmpty();
    }
  }

  @Test
  void failedDestroy_isTriedAgain() {
    world.sockets.add(UID);
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      world.onDestroy =
          () -> {
            throw new DatapathException("no diagnostics");
          };
      firewall.setEnabled(DENY, true, ROOT);
      assertThat(firewall.status().problems()).hasSize(1);
      world.onDestroy = () -> {};
      firewall.round();
      assertThat(world.destroyed).containsExactly(UID);
      assertThat(firewall.status().problems()).isEmpty();
    }
  }

  @Test
  @Tag("fault")
  void damagedStore_leavesMapsAndFileAlone_andHeals() throws IOException {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      firewall.setEnabled(DENY, true, ROOT);
    }
    Path file = directory.resolve("policy.mv.db");
    byte[] intact = Files.readAllBytes(file);
    byte[] damaged = intact.clone();
    java.util.Arrays.fill(damaged, 8192, damaged.length, (byte) 0x55);
    Files.write(file, damaged, StandardOpenOption.TRUNCATE_EXISTING);
    Map<String, Object> contents = world.maps.contents();
    FirewallService firewall = world.open();
    assertThat(world.maps.contents()).isEqualTo(contents);
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    assertThat(firewall.status().storeReadable()).isFalse();
    assertThat(firewall.status().problems()).hasSize(1);
    assertThat(refused(() -> firewall.setEnabled(DENY, false, ROOT)).reason())
        .isEqualTo(FirewallException.Cause.STORE);
    assertThat(refused(firewall::chains).reason()).isEqualTo(FirewallException.Cause.STORE);
    firewall.round();
    assertThat(world.maps.contents()).isEqualTo(contents);

    Files.write(file, intact, StandardOpenOption.TRUNCATE_EXISTING);
    firewall.round();
    assertThat(firewall.status().problems()).isEmpty();
    assertThat(firewall.setEnabled(DENY, false, ROOT).changed()).isTrue();
    firewall.close();
  }

  @Test
  void drops_areCountedOnceByHourAndReason_overRestarts() {
    FirewallService firewall = world.open();
    DropId doze = new DropId(UID, 2, DropId.Call.EGRESS);
    DropId saver = new DropId(10_124, 0, DropId.Call.EGRESS);
    world.maps.drops.put(doze, new Drop(3, 180));
    world.maps.drops.put(saver, new Drop(1, 60));
    Instant from = World.START;
    Instant to = World.START.plusSeconds(7200);
    assertThat(firewall.drops(Set.of(UID), from, to))
        .containsExactly(
            new DropRow(World.START, UID, "DOZE", DropId.Call.EGRESS, new Drop(3, 180)));
    world.kill();
    firewall = world.open();
    world.maps.drops.put(doze, new Drop(5, 300));
    world.pass(Duration.ofHours(1));
    assertThat(firewall.drops(Set.of(), from, to))
        .containsExactly(
            new DropRow(World.START, UID, "DOZE", DropId.Call.EGRESS, new Drop(3, 180)),
            new DropRow(
                World.START, 10_124, "METERED_DATA_SAVER", DropId.Call.EGRESS, new Drop(1, 60)),
            new DropRow(
                World.START.plusSeconds(3600), UID, "DOZE", DropId.Call.EGRESS, new Drop(2, 120)));
    firewall.close();
  }

  @Test
  void event_endsTheTcpConnectionWhosePacketWasDropped_andIsTold() {
    try (FirewallService firewall = world.open()) {
      StringBuilder told = new StringBuilder();
      firewall.addListener(
          new FirewallListener() {
            @Override
            public void refused(Event event, String reason) {
              told.append(reason).append(' ');
            }
          });
      Event tcp = event(DropId.Call.EGRESS, 6, Layouts.REASON_LOCKDOWN_VPN);
      firewall.onEvent(tcp);
      firewall.onEvent(event(DropId.Call.EGRESS, 17, 0));
      firewall.onEvent(event(DropId.Call.INGRESS, 6, Layouts.REASON_CUSTOM + 3));
      assertThat(world.destroyedByEvent).containsExactly(tcp);
      assertThat(told.toString()).isEqualTo("LOCKDOWN_VPN METERED_DATA_SAVER CUSTOM:#3 ");
    }
  }

  private static Event event(DropId.Call call, int protocol, int reason) {
    Flow flow = new Flow(protocol, new InetSocketAddress(1), new InetSocketAddress(2));
    return new Event(1, new DropId(UID, reason, call), 7, 5, 2, 60, Optional.of(flow));
  }

  @Test
  void audit_saysWhoChangedWhat() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(1L, 2L, 3L, UID), ROOT);
      firewall.replaceUids(DENY, Set.of(2L, 3L, 10_124L), ROOT);
      firewall.setEnabled(DENY, true, ROOT);
      assertThat(firewall.audit(2))
          .containsExactly(
              new AuditEntry(
                  World.START, ROOT.by(), "chain " + DENY, "enabled false", "enabled true"),
              new AuditEntry(
                  World.START, ROOT.by(), "chain " + DENY, "uids 1 10123", "uids 10124"));
    }
  }

  @Test
  void verdict_explainsAndSaysWhatWouldLiftIt() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      firewall.setEnabled(DENY, true, ROOT);
      firewall.setEnabled("dozable", true, ROOT);
      Verdict verdict = firewall.verdict(UID, Question.NOW);
      assertThat(verdict.blocked()).isTrue();
      assertThat(verdict.reasons()).containsExactly("DOZE", "OEM_DENY");
      assertThat(verdict.refusedBy()).contains(Verdict.RefusedBy.CONNECT);
      assertThat(verdict.chain().stream().flatMap(step -> step.lift().stream()))
          .containsExactly(
              "uidnet chain allow dozable 10123", "uidnet chain allow oem-deny-1 10123");
      assertThat(verdict.chain()).hasSize(12 + 4);
      assertThat(firewall.verdict(53, Question.NOW).blocked()).isFalse();
      firewall.setRule("dozable", UID, Rule.ALLOW, Optional.empty(), ROOT);
      firewall.setRule(DENY, UID, Rule.ALLOW, Optional.empty(), ROOT);
      assertThat(firewall.verdict(UID, Question.NOW).blocked()).isFalse();
    }
  }

  @Test
  void verdict_takesWhatTheQuestionSupposes() {
    try (FirewallService firewall = world.open()) {
      firewall.setRule("metered-deny-user", UID, Rule.DENY, Optional.empty(), ROOT);
      Question metered =
          new Question(
              Optional.of("wlan0"),
              Optional.of(true),
              Optional.empty(),
              Optional.empty(),
              false,
              false,
              Optional.empty(),
              Map.of("dozable", true),
              Optional.of(true),
              OptionalLong.empty());
      Verdict verdict = firewall.verdict(UID, metered);
      assertThat(verdict.reasons())
          .containsExactly("DOZE", "METERED_USER_RESTRICTED", "METERED_DATA_SAVER");
      assertThat(firewall.verdict(UID, Question.NOW).blocked()).isFalse();
    }
  }

  /** A socket made by one and connected by another. */
  @Test
  void verdict_saysWhichOfCallerAndOwnerIsRefused() {
    try (FirewallService firewall = world.open()) {
      firewall.replaceUids(DENY, Set.of(UID), ROOT);
      firewall.setEnabled(DENY, true, ROOT);
      assertThat(firewall.verdict(UID, ownedBy(0)).refusedBy()).contains(Verdict.RefusedBy.CONNECT);
      assertThat(firewall.verdict(0, ownedBy(UID)).refusedBy()).contains(Verdict.RefusedBy.PACKET);
      assertThat(firewall.verdict(0, ownedBy(10_124)).blocked()).isFalse();
    }
  }

  private static Question ownedBy(long uid) {
    return new Question(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        OptionalLong.of(uid));
  }

  @Test
  void interface_thatComesLater_getsItsAttributesAndRules() {
    try (FirewallService firewall = world.open()) {
      firewall.update(
          Setting.Interfaces.class,
          all ->
              all.with(
                  "usb0",
                  new Setting.Attributes(
                      true, false, false, Optional.empty(), Optional.empty(), false)),
          ROOT);
      assertThat(world.maps.control().enabledChains()).isZero();
      world.interfaces.add(Interfaces.host(9, "usb0"));
      firewall.round();
      assertThat(world.maps.networks.entries)
          .containsExactly(
              Map.entry(
                  new org.uidnet.programs.NetworkId(Interfaces.HOST, 9), Layouts.NETWORK_METERED));
      assertThat(world.maps.control().enabledChains())
          .isEqualTo(Layouts.CHAIN_METERED_DENY_USER | Layouts.CHAIN_METERED_DENY_ADMIN);
      world.interfaces.remove(world.interfaces.size() - 1);
      firewall.round();
      assertThat(world.maps.networks.entries).isEmpty();
      assertThat(world.maps.control().enabledChains()).isZero();
    }
  }

  @Test
  void lifetimes_areChecked() {
    assertThatThrownBy(() -> new Lifetime.For(Duration.ZERO)).isInstanceOf(FirewallException.class);
    assertThatThrownBy(() -> ROOT.confirmedWithin(Duration.ofDays(2)))
        .isInstanceOf(FirewallException.class);
  }
}
