package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.uidnet.firewall.World.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.layout.Layouts;

/** Quotas from definition to maps, over the life of daemons and maps. */
class QuotaServiceTest {
  private static final long UID = 10_123;
  private static final long LIMIT = 1000;
  private static final Cycle FIRST_OF_MONTH = Cycle.Monthly.of(1, "UTC");
  private static final Instant NEXT_MONTH = Instant.parse("2026-04-01T00:00:00Z");

  @TempDir Path directory;
  private World world;
  private final List<QuotaAlert> alerts = new ArrayList<>();

  @BeforeEach
  void makeWorld() {
    world = new World(directory);
  }

  private FirewallService open() {
    FirewallService firewall = world.open();
    firewall.addListener(
        new FirewallListener() {
          @Override
          public void alerted(QuotaAlert alert) {
            alerts.add(alert);
          }
        });
    return firewall;
  }

  private static Quota.Template uids(Long... uids) {
    return new Quota.Template(UidSet.of(List.of(uids)), Optional.empty(), false);
  }

  private static Quota limited(Quota.Template template, long bytes) {
    return new Quota(template, FIRST_OF_MONTH, OptionalLong.empty(), OptionalLong.of(bytes), true);
  }

  private static Quota limited(long bytes) {
    return limited(uids(UID), bytes);
  }

  private static Applied set(Firewall firewall, String id, Quota quota) {
    return firewall.update(Setting.Quotas.class, all -> all.with(id, quota), ROOT);
  }

  private static QuotaInfo info(Firewall firewall, String id) {
    return firewall.quotas().stream().filter(q -> q.id().equals(id)).findFirst().orElseThrow();
  }

  /** What programs see of the UID's only quota. */
  private int number() {
    Rows.Row row = world.maps.wordsOf(UID);
    assertThat(row.quotas()).hasSize(1);
    assertThat(row.flags() & Layouts.UID_QUOTAS).isNotZero();
    return row.quotas().get(0);
  }

  private long left() {
    int number = number();
    return world.maps.quotas().limit(number) - world.maps.quotas().used(number);
  }

  private void use(long bytes) {
    world.maps.use(number(), bytes);
  }

  /** Android's case 86: the limit less what was used; before, no quota. */
  @Test
  void limit_isWhatIsLeftOfIt() {
    try (FirewallService firewall = open()) {
      assertThat(world.maps.wordsOf(UID)).isEqualTo(Rows.Row.NONE);
      set(firewall, "mobile", limited(2 << 20));
      use(512);
      assertThat(left()).isEqualTo((2 << 20) - 512);
      assertThat(info(firewall, "mobile").used()).isEqualTo(512);
      assertThat(info(firewall, "mobile").left()).hasValue((2 << 20) - 512);
    }
  }

  /** Android's case 89. */
  @Test
  void quotaWithoutLimit_onlyCounts() {
    try (FirewallService firewall = open()) {
      set(
          firewall,
          "mobile",
          new Quota(uids(UID), FIRST_OF_MONTH, OptionalLong.of(100), OptionalLong.empty(), true));
      use(5000);
      assertThat(world.maps.quotas().limit(number())).isEqualTo(Long.MAX_VALUE);
      assertThat(info(firewall, "mobile").state()).isEqualTo(QuotaInfo.State.WARNING);
    }
  }

  /** Android's case 92: day 31 applied, the limit taken away and put back; the cycle stays. */
  @Test
  void changesOfADefinition_keepCycleAndUse() {
    try (FirewallService firewall = open()) {
      Quota end = quotaOf(Cycle.Monthly.of(31, "UTC"), OptionalLong.of(9999));
      set(firewall, "mobile", end);
      use(400);
      Cycle.Span cycle = info(firewall, "mobile").cycle();
      set(firewall, "mobile", quotaOf(end.cycle(), OptionalLong.empty()));
      assertThat(world.maps.quotas().limit(number())).isEqualTo(Long.MAX_VALUE);
      set(firewall, "mobile", end);
      assertThat(left()).isEqualTo(9999 - 400);
      assertThat(info(firewall, "mobile").cycle()).isEqualTo(cycle);
      assertThat(cycle.end()).isEqualTo("2026-03-31T00:00:00Z");
    }
  }

  private static Quota quotaOf(Cycle cycle, OptionalLong limit) {
    return new Quota(uids(UID), cycle, OptionalLong.of(9999), limit, true);
  }

  @Test
  void otherNetworksOrCycle_keepWhatWasUsed() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(400);
      Quota.Template metered = new Quota.Template(UidSet.of(List.of(UID)), Optional.empty(), true);
      set(firewall, "mobile", limited(metered, LIMIT));
      assertThat(left()).isEqualTo(600);
      assertThat(world.maps.quotas().flags(number())).isEqualTo(Layouts.NETWORK_METERED);
      use(100);
      Cycle daily = new Cycle.Every(Duration.ofDays(1), Instant.EPOCH);
      set(
          firewall,
          "mobile",
          new Quota(metered, daily, OptionalLong.empty(), OptionalLong.of(LIMIT), true));
      assertThat(left()).isEqualTo(500);
      assertThat(info(firewall, "mobile").cycle().start()).isEqualTo("2026-03-01T00:00:00Z");
    }
  }

  @Test
  void nextCycle_opensByItself() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(1500);
      world.wall = NEXT_MONTH.minusSeconds(5);
      firewall.round();
      assertThat(left()).isNegative();
      assertThat(firewall.untilNextRound(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(5));
      world.pass(Duration.ofSeconds(5));
      firewall.round();
      assertThat(left()).isEqualTo(LIMIT);
      assertThat(info(firewall, "mobile").used()).isZero();
      assertThat(alerts).extracting(QuotaAlert::kind).contains(QuotaAlert.Kind.CYCLE);
    }
  }

  @Test
  void deadAtTheEndOfACycle_staysClosedAndOpensAtTheNextStart() {
    FirewallService dying = open();
    set(dying, "mobile", limited(LIMIT));
    use(LIMIT);
    world.pass(Duration.ofMinutes(1));
    dying.round();
    world.kill();
    world.wall = NEXT_MONTH.plus(Duration.ofDays(3));
    assertThat(left()).isZero();
    try (FirewallService firewall = open()) {
      assertThat(left()).isEqualTo(LIMIT);
      assertThat(info(firewall, "mobile").cycle().start()).isEqualTo(NEXT_MONTH);
    }
  }

  /** It is not known in which cycle that was used, so it is not forgiven. */
  @Test
  void useWhileDead_countsToTheNewCycle() {
    FirewallService dying = open();
    set(dying, "mobile", limited(LIMIT));
    use(300);
    world.pass(Duration.ofMinutes(1));
    dying.round();
    world.kill();
    use(200);
    world.wall = NEXT_MONTH.plus(Duration.ofHours(3));
    try (FirewallService firewall = open()) {
      assertThat(info(firewall, "mobile").used()).isEqualTo(200);
    }
  }

  @Test
  void restart_changesNothing() {
    FirewallService dying = open();
    set(dying, "mobile", limited(LIMIT));
    use(700);
    Map<String, Object> contents = world.maps.contents();
    world.kill();
    use(100);
    try (FirewallService firewall = open()) {
      assertThat(world.maps.contents()).isEqualTo(contents);
      assertThat(left()).isEqualTo(200);
      assertThat(info(firewall, "mobile").used()).isEqualTo(800);
    }
  }

  /** Counters begin anew; what was used is what was stored, or what history knows beyond that. */
  @Test
  void newMaps_goOnWithWhatWasUsed() {
    FirewallService dying = open();
    set(dying, "mobile", limited(LIMIT));
    use(700);
    world.pass(Duration.ofMinutes(1));
    dying.round();
    world.kill();
    World rebooted = new World(directory);
    rebooted.maps.renew();
    world = rebooted;
    try (FirewallService firewall = open()) {
      assertThat(info(firewall, "mobile").used()).isEqualTo(700);
      assertThat(left()).isEqualTo(300);
    }
    world.kill();
    world = new World(directory);
    world.maps.renew();
    world.past = (template, from, to) -> Optional.of(Map.of(UID, 750L, 10_124L, 40L));
    try (FirewallService firewall = open()) {
      assertThat(info(firewall, "mobile").used()).isEqualTo(790);
    }
  }

  @Test
  @Tag("fault")
  void clockSetBack_forgivesNothing() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(700);
      world.wall = world.wall.minus(Duration.ofDays(20));
      firewall.round();
      assertThat(left()).isEqualTo(300);
      assertThat(info(firewall, "mobile").cycle().start()).isEqualTo("2026-02-01T00:00:00Z");
    }
  }

  @Test
  void snooze_letsPassTillTheCycleEnds() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(1500);
      assertThat(info(firewall, "mobile").state()).isEqualTo(QuotaInfo.State.EXCEEDED);
      assertThat(firewall.snoozeQuota("mobile", Snooze.LIMIT, true, ROOT.by()).changed()).isTrue();
      assertThat(world.maps.quotas().limit(number())).isEqualTo(Long.MAX_VALUE);
      assertThat(info(firewall, "mobile").state()).isEqualTo(QuotaInfo.State.SNOOZED);
      assertThat(firewall.audit(1).get(0).what()).isEqualTo("quota mobile");
      assertThat(firewall.snoozeQuota("mobile", Snooze.LIMIT, true, ROOT.by()).changed()).isFalse();
      world.pass(Duration.ofDays(31));
      firewall.round();
      assertThat(left()).isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void alerts_areToldOnceInACycle() {
    try (FirewallService firewall = open()) {
      set(
          firewall,
          "mobile",
          new Quota(uids(UID), FIRST_OF_MONTH, OptionalLong.of(500), OptionalLong.of(LIMIT), true));
      use(600);
      firewall.round();
      firewall.round();
      use(500);
      firewall.round();
      firewall.round();
      assertThat(alerts)
          .containsExactly(
              new QuotaAlert(QuotaAlert.Kind.WARNING, "mobile", 600, OptionalLong.empty()),
              new QuotaAlert(QuotaAlert.Kind.LIMIT, "mobile", 1100, OptionalLong.empty()));
      firewall.snoozeQuota("mobile", Snooze.WARNING, true, ROOT.by());
      world.wall = NEXT_MONTH;
      firewall.round();
      use(700);
      firewall.round();
      assertThat(alerts.subList(2, 4))
          .extracting(QuotaAlert::kind)
          .containsExactly(QuotaAlert.Kind.CYCLE, QuotaAlert.Kind.WARNING);
    }
  }

  /** A tenth of the cycle's days used a quarter of the limit. */
  @Test
  void rapidUse_isToldOnceADayWithWhomToBlame() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(uids(UID, 10_124L), LIMIT));
      world.past = (template, from, to) -> Optional.of(Map.of(UID, 180L, 10_124L, 60L));
      world.pass(Duration.ofMinutes(10));
      firewall.round();
      world.pass(Duration.ofHours(23));
      firewall.round();
      assertThat(alerts)
          .containsExactly(
              new QuotaAlert(QuotaAlert.Kind.RAPID, "mobile", 1860, OptionalLong.of(UID)));
      world.pass(Duration.ofHours(1));
      firewall.round();
      assertThat(alerts).hasSize(2);
    }
  }

  /** Connections that wait for packets end, not only the one whose packet was dropped. */
  @Test
  void limitReached_endsConnectionsOfItsUids() {
    world.sockets.addAll(List.of(0L, UID, 10_124L));
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      firewall.round();
      assertThat(world.destroyed).isEmpty();
      use(LIMIT);
      firewall.round();
      assertThat(world.destroyed).containsExactly(UID);
      set(firewall, "everybody", limited(uids(), 1));
      world.maps.use(world.maps.control().quotaOfAll(0), 1);
      firewall.round();
      assertThat(world.sockets).containsExactly(0L);
    }
  }

  @Test
  void quotaOfAll_isSwitchedOnAndOff() {
    try (FirewallService firewall = open()) {
      set(firewall, "everybody", limited(uids(), LIMIT));
      int number = world.maps.control().quotaOfAll(0);
      assertThat(number).isNotZero();
      assertThat(world.maps.quotas().limit(number)).isEqualTo(LIMIT);
      assertThat(world.maps.control().switches()).isEqualTo(Layouts.SWITCH_QUOTAS);
      assertThat(firewall.deleteQuota("everybody", ROOT).changed()).isTrue();
      assertThat(world.maps.control().quotaOfAll(0)).isZero();
      assertThat(world.maps.control().switches()).isZero();
      assertThat(firewall.deleteQuota("everybody", ROOT).changed()).isFalse();
      assertThat(refused(() -> firewall.deleteQuota("everybody", ROOT.strictly())).errno())
          .isEqualTo("ENOENT");
    }
  }

  @Test
  void interface_comingAndGoing_keepsItsUse() {
    Quota.Template usb = new Quota.Template(UidSet.EMPTY, Optional.of("usb0"), false);
    try (FirewallService firewall = open()) {
      set(firewall, "usb", limited(usb, LIMIT));
      int number = world.maps.control().quotaOfAll(0);
      assertThat(world.maps.quotas().ifindex(number)).isEqualTo(Compiler.GONE);
      world.interfaces.add(Interfaces.host(9, "usb0"));
      firewall.round();
      assertThat(world.maps.quotas().ifindex(number)).isEqualTo(9);
      assertThat(world.maps.quotas().netns(number)).isEqualTo(Interfaces.HOST);
      world.maps.use(number, 400);
      world.interfaces.set(world.interfaces.size() - 1, Interfaces.host(11, "usb0"));
      firewall.round();
      assertThat(world.maps.quotas().ifindex(number)).isEqualTo(11);
      assertThat(info(firewall, "usb").used()).isEqualTo(400);
    }
  }

  /** A number whose row could not be cleared would count for two. */
  @Test
  void number_thatARowStillNames_isNotGivenAway() {
    try (FirewallService firewall = open()) {
      int row = world.maps.rowOf(20_000).orElseThrow();
      world.maps.uids().setQuota(row, 1, 1);
      set(firewall, "mobile", limited(LIMIT));
      assertThat(number()).isEqualTo(2);
    }
  }

  /** The counter of a number that is used again has run before. */
  @Test
  void number_usedAgain_beginsAtZero() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(700);
      firewall.deleteQuota("mobile", ROOT);
      assertThat(world.maps.wordsOf(UID)).isEqualTo(Rows.Row.NONE);
      set(firewall, "other", limited(LIMIT));
      assertThat(number()).isEqualTo(1);
      assertThat(left()).isEqualTo(LIMIT);
      assertThat(info(firewall, "other").used()).isZero();
    }
  }

  @Test
  void disabledQuota_countsOn() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      set(
          firewall,
          "mobile",
          new Quota(
              uids(UID), FIRST_OF_MONTH, OptionalLong.empty(), OptionalLong.of(LIMIT), false));
      use(1500);
      firewall.round();
      assertThat(left()).isPositive();
      assertThat(alerts).isEmpty();
      set(firewall, "mobile", limited(LIMIT));
      assertThat(left()).isNegative();
    }
  }

  private static FirewallException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(FirewallException.class, call);
  }

  @Test
  void tooManyQuotas_areRefusedByName() {
    try (FirewallService firewall = open()) {
      set(firewall, "a", limited(LIMIT));
      set(firewall, "b", limited(uids(UID, 20_000L), LIMIT));
      Map<String, Object> before = world.maps.contents();
      FirewallException third = refused(() -> set(firewall, "c", limited(LIMIT)));
      assertThat(third.errno()).isEqualTo("ENOSPC");
      assertThat(third).hasMessageContaining("UID 10123 would have a, b, c");
      for (int n = 0; n < Layouts.QUOTAS_OF_ALL; n++) {
        set(firewall, "all" + n, limited(uids(), LIMIT));
      }
      assertThat(refused(() -> set(firewall, "all6", limited(uids(), LIMIT))).errno())
          .isEqualTo("ENOSPC");
      firewall.replace(
          new Setting.Quotas(
              new TreeMap<>(Map.of("a", limited(LIMIT), "b", limited(uids(UID, 20_000L), LIMIT)))),
          ROOT);
      assertThat(world.maps.contents()).isEqualTo(before);
    }
  }

  @Test
  void impossibleQuotas_areRefused() {
    try (FirewallService firewall = open()) {
      assertThat(refused(() -> set(firewall, "a b", limited(LIMIT))).errno()).isEqualTo("EINVAL");
      assertThat(refused(() -> set(firewall, "a", limited(-1))).errno()).isEqualTo("EINVAL");
      assertThat(refused(() -> set(firewall, "a", limited(uids(0L), LIMIT))))
          .hasMessageContaining("UID 0");
      Quota.Template lo = new Quota.Template(UidSet.EMPTY, Optional.of("lo"), false);
      assertThat(refused(() -> set(firewall, "a", limited(lo, LIMIT)))).isNotNull();
      assertThat(firewall.quotas()).isEmpty();
      assertThat(refused(() -> firewall.snoozeQuota("a", Snooze.LIMIT, true, ROOT.by())).errno())
          .isEqualTo("ENOENT");
    }
  }

  /** Doubt opens nothing: what cannot be stored is not written. */
  @Test
  void unconfirmedQuota_isTakenBack() {
    try (FirewallService firewall = open()) {
      set(firewall, "mobile", limited(LIMIT));
      use(900);
      firewall.update(
          Setting.Quotas.class,
          all -> all.with("mobile", limited(5 * LIMIT)),
          ROOT.confirmedWithin(Duration.ofMinutes(1)));
      assertThat(left()).isEqualTo(4100);
      world.pass(Duration.ofMinutes(1));
      firewall.round();
      assertThat(left()).isEqualTo(100);
    }
  }

  @Test
  void highUid_getsARowForItsQuota() {
    try (FirewallService firewall = open()) {
      set(firewall, "work", limited(uids(1_010_123L), LIMIT));
      assertThat(world.maps.rowOf(1_010_123)).isNotEqualTo(OptionalInt.empty());
      assertThat(world.maps.wordsOf(1_010_123).quotas()).hasSize(1);
      firewall.replaceUids("oem-deny-1", Set.of(1_010_123L), ROOT);
      firewall.deleteQuota("work", ROOT);
      assertThat(world.maps.wordsOf(1_010_123).quotas()).isEmpty();
    }
  }

  private static Question on(String iface) {
    return new Question(
        Optional.of(iface),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        OptionalLong.empty());
  }

  @Test
  void verdict_namesTheQuotaAndWhatLiftsIt() {
    try (FirewallService firewall = open()) {
      Quota.Template wlan =
          new Quota.Template(UidSet.of(List.of(UID)), Optional.of("wlan0"), false);
      set(firewall, "mobile", limited(wlan, LIMIT));
      assertThat(firewall.verdict(UID, on("wlan0")).blocked()).isFalse();
      use(1500);
      Verdict verdict = firewall.verdict(UID, on("wlan0"));
      assertThat(verdict.reasons()).containsExactly("QUOTA_EXCEEDED");
      assertThat(verdict.refusedBy()).contains(Verdict.RefusedBy.PACKET);
      Verdict.Step step = verdict.chain().get(verdict.chain().size() - 1);
      assertThat(step.name()).isEqualTo("quota mobile");
      assertThat(step.lift()).contains("uidnet quota snooze mobile");
      assertThat(step.detail())
          .contains("used 1500 of 1000 bytes; counts anew at 2026-04-01T00:00:00Z");
      assertThat(firewall.verdict(UID, on("rmnet0")).blocked()).isFalse();
      assertThat(firewall.verdict(10_124, on("wlan0")).chain())
          .noneMatch(other -> other.name().startsWith("quota"));
    }
  }

  @Test
  void verdict_ofAQuotaOfAll_holdsForEverybodyButRoot() {
    try (FirewallService firewall = open()) {
      set(firewall, "everybody", limited(uids(), 0));
      assertThat(firewall.verdict(UID, Question.NOW).blocked()).isTrue();
      assertThat(firewall.verdict(0, Question.NOW).blocked()).isFalse();
    }
  }
}
