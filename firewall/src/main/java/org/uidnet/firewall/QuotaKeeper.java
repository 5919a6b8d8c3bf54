package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;
import static org.uidnet.programs.layout.Layouts.QUOTAS;
import static org.uidnet.programs.layout.Layouts.QUOTAS_OF_ALL;
import static org.uidnet.programs.layout.Layouts.QUOTAS_PER_UID;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.uidnet.firewall.QuotaState.Mark;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.UidTable;

/**
 * Brings what is known of quotas up to now: cycles that began, maps that are new, limits that were
 * reached, quotas that came or went. It reads maps and history, and writes nothing: what it answers
 * is stored first and compiled then. For one thread.
 *
 * <p>A counter of the kernel only grows and belongs to one quota as long as any row names it. A
 * cycle is what it shows now less what it showed when the cycle began. On new maps counters begin
 * again; the use of the cycle then comes from history, or from what was last stored if that is more
 * or history is not at hand.
 */
final class QuotaKeeper {
  /** How old the stored use may be; it is needed only where history cannot tell. */
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);

  private static final Duration BETWEEN_PACES = Duration.ofMinutes(10);
  private static final Duration RAPID_PAUSE = Duration.ofDays(1);

  /** A cycle that began longer ago began while no daemon was looking. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final RuleMaps maps;
  private final PastUsage past;

  /** Nanoseconds since boot. */
  private long nextReading;

  private long nextPace;

  QuotaKeeper(RuleMaps maps, PastUsage past) {
    this.maps = maps;
    this.past = past;
  }

  /** What became of quotas. */
  record Kept(QuotaBook book, List<QuotaAlert> alerts) {}

  /** As after a change of the policy. */
  Kept keep(Setting.Quotas before, Setting.Quotas after, QuotaBook known, Moment now) {
    return new Pass(before, known, now.wall(), false, false).run(after);
  }

  /** The same, and now and then looks how fast quotas are used, and how far. */
  Kept round(Setting.Quotas before, Setting.Quotas after, QuotaBook known, Moment now) {
    boolean reading = now.bootNanos() >= nextReading;
    boolean pace = now.bootNanos() >= nextPace;
    nextReading = reading ? now.bootNanos() + BETWEEN_READINGS.toNanos() : nextReading;
    nextPace = pace ? now.bootNanos() + BETWEEN_PACES.toNanos() : nextPace;
    return new Pass(before, known, now.wall(), reading, pace).run(after);
  }

  private final class Pass {
    private final Setting.Quotas before;
    private final QuotaBook known;
    private final Instant now;
    private final boolean reading;
    private final boolean pace;
    private final UUID epoch = maps.control().epoch();
    private final List<QuotaAlert> alerts = new ArrayList<>();
    private Optional<BitSet> taken = Optional.empty();

    Pass(Setting.Quotas before, QuotaBook known, Instant now, boolean reading, boolean pace) {
      this.before = before;
      this.known = known;
      this.now = now;
      this.reading = reading;
      this.pace = pace;
    }

    Kept run(Setting.Quotas quotas) {
      SortedMap<String, QuotaState> states = new TreeMap<>();
      quotas.byId().forEach((id, quota) -> states.put(id, keep(id, quota)));
      return new Kept(new QuotaBook(states), alerts);
    }

    private QuotaState keep(String id, Quota quota) {
      Optional<QuotaState> last = known.find(id);
      QuotaState state =
          last.map(s -> inCycle(id, quota, ofNetworks(id, quota, onTheseMaps(quota, s))))
              .orElseGet(() -> begin(quota));
      QuotaState marked = paced(id, quota, marked(id, quota, state));
      return reading || !last.equals(Optional.of(marked))
          ? marked.seenAt(counter(marked.number()))
          : marked;
    }

    private long counter(int number) {
      return maps.quotas().used(number);
    }

    private long used(QuotaState state) {
      return state.used(counter(state.number()));
    }

    private QuotaState begin(Quota quota) {
      int number = freeNumber();
      return QuotaState.begin(number, quota.cycle().at(now).start(), epoch, counter(number));
    }

    private QuotaState onTheseMaps(Quota quota, QuotaState state) {
      if (state.epoch().equals(epoch)) {
        return state;
      }
      long stored =
          past.byUid(quota.template(), state.cycleStart(), now).map(Pace::total).orElse(0L);
      return state.continued(
          state.number(), epoch, counter(state.number()), Math.max(stored, state.seen()));
    }

    /** Networks are said of a number before anything names it: others need another number. */
    private QuotaState ofNetworks(String id, Quota quota, QuotaState state) {
      Quota earlier = before.byId().getOrDefault(id, quota);
      if (earlier.template().isOfSameNetworks(quota.template())) {
        return state;
      }
      int number = freeNumber();
      return state.continued(number, epoch, counter(number), used(state));
    }

    /**
     * Where the cycle is another because it was defined otherwise, or because the clock was set
     * back, what was used stays used.
     */
    private QuotaState inCycle(String id, Quota quota, QuotaState state) {
      Instant start = quota.cycle().at(now).start();
      if (start.equals(state.cycleStart())) {
        return state;
      }
      boolean redefined = !before.byId().getOrDefault(id, quota).cycle().equals(quota.cycle());
      if (redefined || start.isBefore(state.cycleStart())) {
        return state.movedTo(start);
      }
      alerts.add(new QuotaAlert(QuotaAlert.Kind.CYCLE, id, used(state), OptionalLong.empty()));
      return state.next(start, counterAtStart(state, start));
    }

    /** Of what was used while nobody looked it is not known when: all of it counts. */
    private long counterAtStart(QuotaState state, Instant start) {
      boolean late = Duration.between(start, now).compareTo(LATE) > 0;
      return late ? state.counterSeen() : counter(state.number());
    }

    private QuotaState marked(String id, Quota quota, QuotaState state) {
      long used = used(state);
      boolean limit = isReached(quota, quota.limitBytes(), used);
      boolean warning = isReached(quota, quota.warningBytes(), used);
      if (limit && !state.has(Mark.LIMIT_REACHED) && !state.has(Mark.LIMIT_SNOOZED)) {
        tell(QuotaAlert.Kind.LIMIT, id, used);
      }
      if (warning
          && !limit
          && !state.has(Mark.WARNING_REACHED)
          && !state.has(Mark.WARNING_SNOOZED)) {
        tell(QuotaAlert.Kind.WARNING, id, used);
      }
      return state.with(Mark.LIMIT_REACHED, limit).with(Mark.WARNING_REACHED, warning);
    }

    private static boolean isReached(Quota quota, OptionalLong bytes, long used) {
      return quota.enabled() && bytes.isPresent() && used >= bytes.getAsLong();
    }

    private void tell(QuotaAlert.Kind kind, String id, long bytes) {
      alerts.add(new QuotaAlert(kind, id, bytes, OptionalLong.empty()));
    }

    private QuotaState paced(String id, Quota quota, QuotaState state) {
      boolean told =
          state.rapidTold().filter(time -> now.isBefore(time.plus(RAPID_PAUSE))).isPresent();
      if (!pace || told || !state.isEnforced(quota)) {
        return state;
      }
      Map<Long, Long> recent =
          past.byUid(quota.template(), now.minus(Pace.RECENT), now).orElse(Map.of());
      long projected = Pace.projected(Pace.total(recent), quota.cycle().at(now).length());
      if (!Pace.isRapid(projected, quota.limitBytes().orElseThrow())) {
        return state;
      }
      alerts.add(new QuotaAlert(QuotaAlert.Kind.RAPID, id, projected, Pace.blamed(recent)));
      return state.rapidToldAt(now);
    }

    private int freeNumber() {
      BitSet numbers = taken.orElseGet(this::takenNumbers);
      taken = Optional.of(numbers);
      int number = numbers.nextClearBit(1);
      if (number >= QUOTAS) {
        throw new FirewallException(
            FirewallException.Cause.NO_ROOM,
            "no counter is left for another quota; delete one first");
      }
      numbers.set(number);
      return number;
    }

    /** Also those that a row still names though its quota is gone: it would count for another. */
    private BitSet takenNumbers() {
      BitSet numbers = named();
      known.states().values().forEach(state -> numbers.set(state.number()));
      return numbers;
    }
  }

  private BitSet named() {
    BitSet numbers = new BitSet(QUOTAS);
    Control control = maps.control();
    for (int n = 0; n < QUOTAS_OF_ALL; n++) {
      numbers.set(control.quotaOfAll(n));
    }
    UidTable uids = maps.uids();
    int rows = LOW_UIDS + control.highRowsEverUsed();
    for (int row = 0; row < rows; row++) {
      for (int n = 0; n < QUOTAS_PER_UID; n++) {
        numbers.set(uids.quota(row, n));
      }
    }
    return numbers;
  }
}
