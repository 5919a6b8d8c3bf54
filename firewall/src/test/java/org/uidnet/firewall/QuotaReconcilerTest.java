package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.layout.Layouts;

/** Quotas in the maps, store by store. */
class QuotaReconcilerTest {
  private static final List<Long> WATCHED = List.of(10_001L, 10_002L, 70_000L, 70_001L);
  private static final int NUMBERS = 5;
  private static final Cycle CYCLE = Cycle.Monthly.of(1, "UTC");

  private final FakeRuleMaps maps = new FakeRuleMaps();
  private final Reconciler reconciler = new Reconciler(maps);

  /** Which UIDs each number is for, none being all; and what its counter may reach. */
  private record Plan(List<UidSet> uids, List<Long> limits) {
    Desired compiled() {
      TreeMap<String, Quota> quotas = new TreeMap<>();
      QuotaBook book = QuotaBook.EMPTY;
      for (int n = 0; n < uids.size(); n++) {
        quotas.put("q" + n, quota(n));
        book = book.with("q" + n, QuotaState.begin(n + 1, Instant.EPOCH, new UUID(1, 2), 0));
      }
      return Compiler.compile(
          Policy.initial().with(new Setting.Quotas(quotas)),
          book,
          Exemptions.LINUX,
          RandomPolicies.LINKS,
          RandomPolicies.NOW);
    }

    private Quota quota(int n) {
      return new Quota(
          new Quota.Template(uids.get(n), Optional.empty(), false),
          CYCLE,
          OptionalLong.empty(),
          OptionalLong.of(limits.get(n)),
          true);
    }
  }

  /** Each UID has at most one of its own: of two that are replaced at once one goes first. */
  private static Plan plan(Random random) {
    int[] owner =
        IntStream.range(0, WATCHED.size()).map(i -> random.nextInt(NUMBERS + 2)).toArray();
    List<UidSet> uids = new ArrayList<>();
    List<Long> limits = new ArrayList<>();
    for (int n = 0; n < NUMBERS; n++) {
      int number = n;
      uids.add(
          UidSet.of(
              IntStream.range(0, owner.length)
                  .filter(i -> owner[i] == number)
                  .mapToLong(WATCHED::get)));
      limits.add((long) random.nextInt(200));
    }
    return new Plan(uids, limits);
  }

  private boolean isBlocked(long uid) {
    return LongStream.concat(
            maps.wordsOf(uid).quotas().stream().mapToLong(number -> number),
            IntStream.range(0, Layouts.QUOTAS_OF_ALL)
                .map(maps.control()::quotaOfAll)
                .filter(number -> number != 0)
                .asLongStream())
        .mapToInt(number -> (int) number)
        .anyMatch(number -> maps.quotas().used(number) >= maps.quotas().limit(number));
  }

  private void apply(Plan plan) {
    assertThat(reconciler.apply(plan.compiled())).isEmpty();
  }

  private void lookAtEachStore(Runnable look) {
    AtomicBoolean looking = new AtomicBoolean();
    maps.onStore =
        () -> {
          // Looking asks for the same views.
          if (looking.compareAndSet(false, true)) {
            look.run();
            looking.set(false);
          }
        };
  }

  @Test
  void apply_atNoStoreLetsThroughWhoStaysBlocked() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    IntStream.rangeClosed(1, NUMBERS).forEach(number -> maps.use(number, 100));
    Plan before = plan(random);
    apply(before);
    int watched = 0;
    for (int i = 0; i < 100; i++) {
      Plan after = plan(random);
      List<Long> blocked = WATCHED.stream().filter(this::isBlocked).toList();
      apply(after);
      List<Long> stay = blocked.stream().filter(this::isBlocked).toList();
      watched += stay.size();
      apply(before);
      String which = "seed " + seed + ", change " + i;
      lookAtEachStore(() -> stay.forEach(uid -> assertThat(isBlocked(uid)).as(which).isTrue()));
      apply(after);
      maps.onStore = () -> {};
      before = after;
    }
    assertThat(watched).as("seed " + seed).isPositive();
  }

  /** The counter has run before, and the limit of its last quota is still there. */
  @Test
  void newQuota_atNoStoreBlocksWhoHasUsedNothing() {
    maps.use(1, 500);
    maps.quotas().setLimit(1, 100);
    lookAtEachStore(() -> assertThat(isBlocked(10_001L)).isFalse());
    apply(new Plan(List.of(UidSet.of(List.of(10_001L))), List.of(600L)));
    apply(new Plan(List.of(), List.of()));
    maps.use(1, 500);
    apply(new Plan(List.of(UidSet.EMPTY), List.of(2000L)));
  }

  @Test
  void number_thatStays_keepsItsPlace() {
    UidSet uid = UidSet.of(List.of(10_001L));
    apply(new Plan(List.of(uid, uid), List.of(1L, 2L)));
    apply(new Plan(List.of(UidSet.of(List.of(10_002L)), uid), List.of(1L, 2L)));
    Rows.Row row = maps.wordsOf(10_001L);
    assertThat(List.of(row.quota(), row.secondQuota())).containsExactly(0, 2);
    assertThat(reconciler.apply(new Plan(List.of(uid, uid), List.of(1L, 2L)).compiled())).isEmpty();
    assertThat(maps.wordsOf(10_001L).quota()).isEqualTo(1);
    assertThat(maps.wordsOf(10_001L).secondQuota()).isEqualTo(2);
  }

  @Test
  void exemptUids_haveNoQuota() {
    UidSet uids = UidSet.of(List.of(0L, 53L, 10_001L));
    apply(new Plan(List.of(uids), List.of(1L)));
    assertThat(maps.wordsOf(0).quotas()).isEmpty();
    assertThat(maps.wordsOf(53).quotas()).containsExactly(1);
    assertThat(maps.wordsOf(10_001).quotas()).containsExactly(1);
  }
}
