package org.uidnet.firewall;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How a quota stands in its cycle. A value; stored before the maps are written by it.
 *
 * @param number of the counter in the maps
 * @param cycleStart of the cycle that is counted
 * @param epoch of the maps that the counter is in
 * @param base what the counter showed when this count began
 * @param carried bytes of the cycle that were counted before
 * @param seen bytes of the cycle when this was stored
 * @param rapidTold when it was last told that use is too fast
 */
record QuotaState(
    int number,
    Instant cycleStart,
    UUID epoch,
    long base,
    long carried,
    long seen,
    Set<Mark> marks,
    Optional<Instant> rapidTold) {
  /** What happened in the cycle, and ends with it. */
  enum Mark {
    WARNING_REACHED,
    LIMIT_REACHED,
    WARNING_SNOOZED,
    LIMIT_SNOOZED
  }

  QuotaState {
    marks = Set.copyOf(marks);
  }

  /** Nothing used. */
  static QuotaState begin(int number, Instant cycleStart, UUID epoch, long counter) {
    return new QuotaState(number, cycleStart, epoch, counter, 0, 0, Set.of(), Optional.empty());
  }

  /** Bytes of the cycle. */
  long used(long counter) {
    return carried + Math.max(0, counter - base);
  }

  /** What the counter showed when this was stored. */
  long counterSeen() {
    return base + seen - carried;
  }

  /** What the counter may reach. */
  long limit(Quota quota) {
    return isEnforced(quota)
        ? Math.max(0, saturated(base - carried, quota.limitBytes().orElseThrow()))
        : Long.MAX_VALUE;
  }

  private static long saturated(long counter, long bytes) {
    return counter > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : counter + bytes;
  }

  /** Whether anything is stopped now or later in the cycle. */
  boolean isEnforced(Quota quota) {
    return quota.enabled() && quota.limitBytes().isPresent() && !has(Mark.LIMIT_SNOOZED);
  }

  /** Whether nothing passes any more, as far as was seen. */
  boolean isUsedUp(Quota quota) {
    return isEnforced(quota) && has(Mark.LIMIT_REACHED);
  }

  boolean has(Mark mark) {
    return marks.contains(mark);
  }

  QuotaState with(Mark mark, boolean set) {
    Set<Mark> after = EnumSet.noneOf(Mark.class);
    after.addAll(marks);
    if (set) {
      after.add(mark);
    } else {
      after.remove(mark);
    }
    return new QuotaState(number, cycleStart, epoch, base, carried, seen, after, rapidTold);
  }

  /** Goes on in a counter that shows that much. */
  QuotaState continued(int otherNumber, UUID otherEpoch, long counter, long used) {
    return new QuotaState(
        otherNumber, cycleStart, otherEpoch, counter, used, used, marks, rapidTold);
  }

  /** The same use, counted to another cycle. */
  QuotaState movedTo(Instant start) {
    return new QuotaState(number, start, epoch, base, carried, seen, marks, rapidTold);
  }

  /** A cycle that counts from there on. */
  QuotaState next(Instant start, long counter) {
    return new QuotaState(number, start, epoch, counter, 0, 0, Set.of(), rapidTold);
  }

  QuotaState seenAt(long counter) {
    return new QuotaState(
        number, cycleStart, epoch, base, carried, used(counter), marks, rapidTold);
  }

  QuotaState rapidToldAt(Instant time) {
    return new QuotaState(number, cycleStart, epoch, base, carried, seen, marks, Optional.of(time));
  }

  /** Marks as they are stored. */
  String marksText() {
    return marks.stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
  }

  static Set<Mark> marks(String text) {
    return text.isEmpty()
        ? Set.of()
        : Set.of(text.split(" ")).stream().map(Mark::valueOf).collect(Collectors.toSet());
  }
}
