package org.uidnet.firewall;

import java.util.Optional;

/**
 * How the processes of a UID are.
 *
 * @param bootId of the boot in which it was told; no process outlives it
 * @param grace until when they are not yet taken to be in the background; empty: they are what the
 *     report says
 */
record Processes(ProcessReport report, String bootId, Optional<Expiry> grace) {
  /** After a report that is not stale. */
  static Processes after(
      Optional<Processes> before, ProcessReport report, BackgroundDelay delay, Moment now) {
    return new Processes(report, now.bootId(), grace(before, report, delay, now));
  }

  /** Granting waits for nothing; a delay that began is never made longer. */
  private static Optional<Expiry> grace(
      Optional<Processes> before, ProcessReport report, BackgroundDelay delay, Moment now) {
    if (report.isNotInBackground()
        || report.state() == ProcessState.NONEXISTENT
        || before.filter(process -> process.isNotInBackground(now)).isEmpty()) {
      return Optional.empty();
    }
    Expiry whole = Expiry.after(delay.of(report.state()), now);
    return before
        .flatMap(Processes::grace)
        .filter(begun -> begun.endsBefore(whole, now))
        .or(() -> Optional.of(whole))
        .filter(end -> !end.isOver(now));
  }

  boolean isNotInBackground(Moment now) {
    return report.isNotInBackground() || grace.filter(end -> !end.isOver(now)).isPresent();
  }

  boolean isOfBoot(Moment now) {
    return bootId.equals(now.bootId());
  }

  boolean holdsAt(Moment now) {
    return isOfBoot(now) && !isDelayOver(now);
  }

  /** Without a delay that is over. */
  Processes at(Moment now) {
    return isDelayOver(now) ? new Processes(report, bootId, Optional.empty()) : this;
  }

  private boolean isDelayOver(Moment now) {
    return grace.isPresent() && grace.get().isOver(now);
  }

  /** For people to read, without what is in no report's interest. */
  String text() {
    StringBuilder text = new StringBuilder(report.state().name());
    report.capabilities().forEach(capability -> text.append(' ').append(capability));
    return text.append(grace.isPresent() ? " (not yet in the background)" : "").toString();
  }
}
