package org.uidnet.firewall;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A quota and how it stands.
 *
 * @param used bytes of the cycle, up to now
 * @param forecast what the cycle comes to if its rest is used as fast as what is over of it; empty
 *     in the first hundredth of it
 * @param limitSnoozed whether the limit stops nothing until the cycle ends
 * @param warningSnoozed whether nobody is warned until then
 */
public record QuotaInfo(
    String id,
    Quota quota,
    long used,
    Cycle.Span cycle,
    OptionalLong forecast,
    boolean limitSnoozed,
    boolean warningSnoozed) {
  /** What the use means. */
  public enum State {
    OK,
    /** As much as was to be told is used. */
    WARNING,
    /** Nothing passes until the cycle ends. */
    EXCEEDED,
    /** The limit is reached, but lets pass until the cycle ends. */
    SNOOZED
  }

  static QuotaInfo of(String id, Quota quota, QuotaState state, long counter, Instant now) {
    Cycle.Span cycle = quota.cycle().at(state.cycleStart());
    long used = state.used(counter);
    return new QuotaInfo(
        id,
        quota,
        used,
        cycle,
        Pace.forecast(used, cycle, now),
        state.has(QuotaState.Mark.LIMIT_SNOOZED),
        state.has(QuotaState.Mark.WARNING_SNOOZED));
  }

  public State state() {
    if (isReached(quota.limitBytes())) {
      return limitSnoozed ? State.SNOOZED : State.EXCEEDED;
    }
    return isReached(quota.warningBytes()) && !warningSnoozed ? State.WARNING : State.OK;
  }

  private boolean isReached(OptionalLong bytes) {
    return quota.enabled() && bytes.isPresent() && used >= bytes.getAsLong();
  }

  /** Bytes that may still be used in the cycle; empty without a limit. */
  public OptionalLong left() {
    OptionalLong limit = quota.limitBytes();
    return limit.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - used))
        : OptionalLong.empty();
  }
}
