package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.layout.Layouts;

/** States through the service: stored before they hold, after restarts too, and told. */
class StateServiceTest {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;

  @TempDir Path directory;
  private World world;

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private static void set(Firewall firewall, DeviceFlag flag, boolean on) {
    firewall.update(Setting.Device.class, before -> before.with(flag, on), ROOT);
  }

  private static Reported report(Firewall firewall, long uid, ProcessState state) {
    ProcessReport report = new ProcessReport(state, Set.of(), Optional.empty());
    return firewall.reportProcesses(Map.of(uid, report), ROOT.by());
  }

  private static List<String> reasons(Firewall firewall, long uid) {
    return firewall.verdict(uid, Question.NOW).reasons();
  }

  private static Optional<Lifetime> lasting(int minutes) {
    return Optional.of(new Lifetime.For(Duration.ofMinutes(minutes)));
  }

  /** Every input at once. */
  private static void tellAll(Firewall firewall) {
    for (DeviceFlag flag : DeviceFlag.values()) {
      set(firewall, flag, flag != DeviceFlag.CHARGING);
    }
    report(firewall, UID, ProcessState.TOP);
    report(firewall, 100_123, ProcessState.RECEIVER);
    report(firewall, 100_123, ProcessState.CACHED_EMPTY);
    firewall.replaceAllowlist(Allowlist.POWER_SAVE_EXCEPT_IDLE, Set.of(OTHER, 70_000L), ROOT);
    firewall.setAllowlisted(Allowlist.POWER_SAVE, 10_125, true, lasting(5), ROOT);
    firewall.update(Setting.IdleUids.class, before -> before.with(10_126, true), ROOT);
    firewall.setUidPolicy(10_127, UidPolicy.REJECT_METERED_BACKGROUND, ROOT);
    firewall.setEnabled("background", true, ROOT);
  }

  /** Schema 3 had data saver in a document of its own. */
  @Test
  void open_takesOverTheDataSaverOfAnOlderPolicy() throws SQLException {
    world.storeOlder(
        3,
        "INSERT INTO settings VALUES ('data-saver', 'on')",
        "INSERT INTO pending VALUES (7, 'setting data-saver', 'off', '"
            + world.expiry(Duration.ofSeconds(60))
            + "')");
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.settings().device()).isEqualTo(Setting.Device.of(DeviceFlag.DATA_SAVER));
      world.pass(Duration.ofSeconds(61));
      firewall.round();
      assertThat(firewall.settings().device()).isEqualTo(Setting.Device.of());
    }
  }

  @Test
  void restart_inAnyState_changesNoWordAndNoVerdict() {
    FirewallService firewall = world.open();
    tellAll(firewall);
    Map<String, Object> contents = world.maps.contents();
    List<ChainInfo> chains = firewall.chains();
    world.kill();
    List<String> calls = new ArrayList<>();
    world.maps.onCall = calls::add;
    try (FirewallService again = world.open()) {
      assertThat(calls).allMatch(call -> call.startsWith("entries") || call.startsWith("row"));
      assertThat(world.maps.contents()).isEqualTo(contents);
      assertThat(again.chains()).isEqualTo(chains);
      assertThat(again.standing(UID).process()).isPresent();
    }
    World other = new World(directory);
    try (FirewallService fresh = other.open()) {
      assertThat(other.maps.contents()).as("on new maps of the same boot").isEqualTo(contents);
      assertThat(fresh.status().problems()).isEmpty();
    }
  }

  /** No process outlives a boot, so nobody is let through for one. */
  @Test
  void reboot_forgetsProcessesAndKeepsTheRest() {
    FirewallService firewall = world.open();
    set(firewall, DeviceFlag.DEVICE_IDLE, true);
    report(firewall, UID, ProcessState.TOP);
    assertThat(reasons(firewall, UID)).isEmpty();
    world.kill();
    world.reboot(Duration.ofSeconds(20));
    try (FirewallService again = world.open()) {
      assertThat(reasons(again, UID)).containsExactly("DOZE");
      assertThat(again.standing(UID).process()).isEmpty();
      assertThat(again.audit(1).get(0))
          .extracting(AuditEntry::what, AuditEntry::before, AuditEntry::after)
          .containsExactly("processes", "10123 TOP", "");
    }
  }

  @Test
  void temporaryAllowlist_endsByTheBootClock_alsoAcrossARestart() {
    FirewallService firewall = world.open();
    set(firewall, DeviceFlag.DEVICE_IDLE, true);
    firewall.setAllowlisted(Allowlist.POWER_SAVE, UID, true, lasting(5), ROOT);
    world.wall = world.wall.plus(Duration.ofDays(1));
    firewall.round();
    assertThat(reasons(firewall, UID)).isEmpty();
    assertThat(firewall.untilNextRound(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(5));
    world.kill();
    world.bootNanos += Duration.ofMinutes(5).toNanos();
    try (FirewallService again = world.open()) {
      assertThat(reasons(again, UID)).containsExactly("DOZE");
      assertThat(world.maps.wordsOf(UID).rules() & Layouts.CHAIN_DOZABLE).isZero();
      assertThat(again.allowlist(Allowlist.POWER_SAVE).temporary()).isEmpty();
      assertThat(again.audit(1).get(0).what()).isEqualTo("allowlist power-save");
    }
  }

  /** The delay goes on while no daemon runs. */
  @Test
  void background_isEnforcedAfterTheDelay_alsoAcrossARestart() {
    FirewallService firewall = world.open();
    firewall.setEnabled("background", true, ROOT);
    report(firewall, UID, ProcessState.TOP);
    report(firewall, UID, ProcessState.CACHED_EMPTY);
    assertThat(reasons(firewall, UID)).isEmpty();
    assertThat(firewall.standing(UID).backgroundAt()).contains(World.START.plusSeconds(5));
    world.pass(Duration.ofSeconds(4));
    world.kill();
    try (FirewallService again = world.open()) {
      assertThat(reasons(again, UID)).isEmpty();
      world.sockets.add(UID);
      world.pass(again.untilNextRound(Duration.ofSeconds(10)));
      again.round();
      assertThat(reasons(again, UID)).containsExactly("APP_BACKGROUND");
      assertThat(world.destroyed).containsExactly(UID);
      assertThat(again.audit(1).get(0))
          .extracting(e -> e.by().transport(), AuditEntry::before, AuditEntry::after)
          .containsExactly(
              "daemon", "10123 CACHED_EMPTY (not yet in the background)", "10123 CACHED_EMPTY");
    }
  }

  @Test
  void staleReport_changesNothingAndSaysSo() {
    try (FirewallService firewall = world.open()) {
      firewall.reportProcesses(Map.of(UID, numbered(ProcessState.TOP, 8)), ROOT.by());
      Reported late =
          firewall.reportProcesses(
              new TreeMap<>(
                  Map.of(
                      UID,
                      numbered(ProcessState.SERVICE, 7),
                      OTHER,
                      numbered(ProcessState.SERVICE, 1))),
              ROOT.by());
      assertThat(late.stale()).containsExactly(UID);
      assertThat(late.applied().changed()).isTrue();
      assertThat(firewall.standing(UID).process().orElseThrow().state())
          .isEqualTo(ProcessState.TOP);
      assertThat(firewall.audit(1).get(0).after()).isEqualTo("10124 SERVICE");
      Reported again =
          firewall.reportProcesses(Map.of(UID, numbered(ProcessState.SERVICE, 7)), ROOT.by());
      assertThat(again.applied().changed()).isFalse();
    }
    try (FirewallService firewall = world.open()) {
      assertThat(
              firewall
                  .reportProcesses(Map.of(UID, numbered(ProcessState.SERVICE, 8)), ROOT.by())
                  .stale())
          .containsExactly(UID);
    }
  }

  private static ProcessReport numbered(ProcessState state, long seq) {
    return new ProcessReport(state, Set.of(), Optional.of(new ProcessReport.Stamp(1, seq)));
  }

  /** It is stored, so that a later one is told from a stale one, and no more. */
  @Test
  void reportOnWhichNoRuleDepends_isNotAudited() {
    try (FirewallService firewall = world.open()) {
      report(firewall, UID, ProcessState.SERVICE);
      assertThat(report(firewall, UID, ProcessState.RECEIVER).applied().changed()).isTrue();
      assertThat(firewall.audit(10)).hasSize(1);
    }
    try (FirewallService firewall = world.open()) {
      assertThat(firewall.standing(UID).process().orElseThrow().state())
          .isEqualTo(ProcessState.RECEIVER);
    }
  }

  private static Map<Long, ProcessReport> all(ProcessState even, ProcessState odd) {
    Map<Long, ProcessReport> reports = new TreeMap<>();
    LongStream.range(10_000, 10_500)
        .forEach(
            uid ->
                reports.put(
                    uid, new ProcessReport(uid % 2 == 0 ? even : odd, Set.of(), Optional.empty())));
    return reports;
  }

  /** At every store. Half of them stay in the foreground, the others come and go. */
  @Test
  void bulkChange_neverBlocksWhoIsAllowedBeforeAndAfter() {
    try (FirewallService firewall = world.open()) {
      set(firewall, DeviceFlag.DEVICE_IDLE, true);
      set(firewall, DeviceFlag.BATTERY_SAVER, true);
      firewall.setEnabled("background", true, ROOT);
      firewall.reportProcesses(all(ProcessState.TOP, ProcessState.CACHED_EMPTY), ROOT.by());
      AtomicBoolean looking = new AtomicBoolean();
      List<Long> looks = new ArrayList<>();
      world.maps.onStore =
          () -> {
            if (looking.compareAndSet(false, true)) {
              for (long uid = 10_000; uid < 10_500; uid += 2) {
                assertThat(isBlocked(uid)).as("UID %d", uid).isFalse();
              }
              looks.add(10_000L);
              looking.set(false);
            }
          };
      firewall.reportProcesses(all(ProcessState.FOREGROUND_SERVICE, ProcessState.TOP), ROOT.by());
      firewall.reportProcesses(all(ProcessState.TOP, ProcessState.CACHED_EMPTY), ROOT.by());
      set(firewall, DeviceFlag.DEVICE_IDLE, false);
      set(firewall, DeviceFlag.LOW_POWER_STANDBY, true);
      assertThat(looks).hasSizeGreaterThan(500);
      world.maps.onStore = () -> {};
      assertThat(isBlocked(10_001)).isTrue();
    }
  }

  private boolean isBlocked(long uid) {
    ProgramRules.Packet packet =
        new ProgramRules.Packet(
            uid, Interfaces.HOST, 2, false, SettingRules.address("2001:db8::1"));
    return ProgramRules.judge(world.maps, packet) != Layouts.REASON_NONE;
  }

  /** Rules before the chain: who is to be spared is on the list when the chain comes into force. */
  @Test
  void flag_isOneStoreOnceListsAreThere() {
    try (FirewallService firewall = world.open()) {
      report(firewall, UID, ProcessState.TOP);
      int before = world.maps.wordsOf(UID).rules();
      assertThat(before & Layouts.CHAIN_DOZABLE).isNotZero();
      assertThat(world.maps.control().enabledChains()).isZero();
      set(firewall, DeviceFlag.DEVICE_IDLE, true);
      assertThat(world.maps.wordsOf(UID).rules()).isEqualTo(before);
      assertThat(world.maps.control().enabledChains()).isEqualTo(Layouts.CHAIN_DOZABLE);
    }
  }

  @Test
  void chain_tellsWhatComesFromState() {
    try (FirewallService firewall = world.open()) {
      set(firewall, DeviceFlag.DEVICE_IDLE, true);
      report(firewall, UID, ProcessState.TOP);
      firewall.replaceUids("dozable", Set.of(OTHER), ROOT);
      ChainInfo dozable = firewall.chain("dozable").orElseThrow();
      assertThat(dozable.enabled()).isTrue();
      assertThat(dozable.uids().toList()).containsExactly(UID, OTHER);
      assertThat(dozable.byState())
          .isEqualTo(new ChainInfo.ByState(Optional.of("device-idle"), UidSet.of(List.of(UID))));
      assertThat(firewall.rule("dozable", UID)).isEqualTo(Rule.ALLOW);
      set(firewall, DeviceFlag.DEVICE_IDLE, false);
      assertThat(firewall.chain("dozable").orElseThrow().enabled()).isFalse();
    }
  }

  @Test
  void uidPolicy_ofTheSystem_isRefused() {
    try (FirewallService firewall = world.open()) {
      assertThatThrownBy(() -> firewall.setUidPolicy(53, UidPolicy.REJECT_METERED_BACKGROUND, ROOT))
          .isInstanceOf(FirewallException.class)
          .hasMessageContaining("belongs to the system");
      assertThat(firewall.setUidPolicy(53, UidPolicy.NONE, ROOT).changed()).isFalse();
    }
  }

  @Test
  void unconfirmedState_isUndone() {
    try (FirewallService firewall = world.open()) {
      Terms terms = ROOT.confirmedWithin(Duration.ofSeconds(60));
      firewall.update(
          Setting.Device.class, before -> before.with(DeviceFlag.DEVICE_IDLE, true), terms);
      firewall.replaceAllowlist(Allowlist.POWER_SAVE, Set.of(UID), terms);
      world.pass(Duration.ofSeconds(60));
      firewall.round();
      assertThat(reasons(firewall, OTHER)).isEmpty();
      assertThat(firewall.allowlist(Allowlist.POWER_SAVE).uids().toList()).isEmpty();
    }
  }

  @Test
  void removeUid_forgetsWhatWasToldOfIt() {
    try (FirewallService firewall = world.open()) {
      tellAll(firewall);
      firewall.setAllowlisted(Allowlist.POWER_SAVE, UID, true, Optional.empty(), ROOT);
      firewall.update(Setting.IdleUids.class, before -> before.with(UID, true), ROOT);
      firewall.setUidPolicy(UID, UidPolicy.ALLOW_METERED_BACKGROUND, ROOT);
      firewall.removeUid(UID, ROOT);
      assertThat(firewall.uids().contains(UID)).isFalse();
      assertThat(firewall.standing(UID))
          .isEqualTo(
              new Standing(
                  Optional.empty(),
                  Optional.empty(),
                  false,
                  UidPolicy.NONE,
                  RestrictBackground.ENABLED));
      assertThat(firewall.audit(1).get(0).before())
          .contains("processes: 10123 TOP")
          .contains("allowlist power-save: uids 10123")
          .contains("setting idle-uids: idle 10123");
    }
  }

  private static final class Heard implements FirewallListener {
    final List<BlockedStatus> blocked = new ArrayList<>();
    final List<String> foreground = new ArrayList<>();

    @Override
    public void blocked(BlockedStatus status) {
      blocked.add(status);
    }

    @Override
    public void foreground(long uid, boolean is) {
      foreground.add(uid + " " + is);
    }
  }

  @Test
  void blockedStatus_isToldOnChangeOnlyForEachKindOfNetwork() {
    try (FirewallService firewall = world.open()) {
      Heard heard = new Heard();
      firewall.addListener(heard);
      report(firewall, UID, ProcessState.SERVICE);
      report(firewall, OTHER, ProcessState.TOP);
      firewall.setUidPolicy(UID, UidPolicy.REJECT_METERED_BACKGROUND, ROOT);
      assertThat(heard.blocked)
          .containsExactly(
              new BlockedStatus(
                  World.START,
                  UidSet.of(List.of(UID)),
                  false,
                  true,
                  List.of(),
                  List.of("METERED_USER_RESTRICTED"),
                  List.of("setting uid-policies")));
      heard.blocked.clear();
      set(firewall, DeviceFlag.DEVICE_IDLE, true);
      set(firewall, DeviceFlag.SCREEN_ON, true);
      firewall.round();
      assertThat(heard.blocked)
          .extracting(
              BlockedStatus::uids,
              BlockedStatus::others,
              BlockedStatus::metered,
              BlockedStatus::after)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(UidSet.EMPTY, true, false, List.of("DOZE")),
              org.assertj.core.groups.Tuple.tuple(UidSet.EMPTY, true, true, List.of("DOZE")),
              org.assertj.core.groups.Tuple.tuple(
                  UidSet.of(List.of(UID)), false, false, List.of("DOZE")),
              org.assertj.core.groups.Tuple.tuple(
                  UidSet.of(List.of(UID)),
                  false,
                  true,
                  List.of("DOZE", "METERED_USER_RESTRICTED")));
      assertThat(heard.blocked)
          .allMatch(status -> status.causes().equals(List.of("setting device")));
    }
  }

  @Test
  void blockedStatus_ofWhatEnds_isToldAtTheRound() {
    try (FirewallService firewall = world.open()) {
      Heard heard = new Heard();
      set(firewall, DeviceFlag.DEVICE_IDLE, true);
      firewall.setAllowlisted(Allowlist.POWER_SAVE, UID, true, lasting(5), ROOT);
      firewall.addListener(heard);
      world.pass(Duration.ofMinutes(5));
      firewall.round();
      assertThat(heard.blocked).hasSize(2);
      assertThat(heard.blocked.get(0).before()).isEmpty();
      assertThat(heard.blocked.get(0).after()).containsExactly("DOZE");
      assertThat(heard.blocked.get(0).causes()).containsExactly("allowlist power-save");
    }
  }

  @Test
  void restart_tellsNoBlockedStatus() {
    FirewallService firewall = world.open();
    tellAll(firewall);
    world.kill();
    Heard heard = new Heard();
    try (FirewallService again = world.open()) {
      again.addListener(heard);
      again.round();
      assertThat(heard.blocked).isEmpty();
    }
  }

  @Test
  void foreground_isToldWhenItChanges() {
    try (FirewallService firewall = world.open()) {
      Heard heard = new Heard();
      firewall.addListener(heard);
      report(firewall, UID, ProcessState.TOP);
      report(firewall, UID, ProcessState.FOREGROUND_SERVICE);
      report(firewall, UID, ProcessState.SERVICE);
      report(firewall, OTHER, ProcessState.SERVICE);
      assertThat(heard.foreground).containsExactly("10123 true", "10123 false");
    }
  }
}
