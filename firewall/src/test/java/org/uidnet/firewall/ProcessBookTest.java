package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.ProcessState.CACHED_EMPTY;
import static org.uidnet.firewall.ProcessState.LAST_ACTIVITY;
import static org.uidnet.firewall.ProcessState.NONEXISTENT;
import static org.uidnet.firewall.ProcessState.RECEIVER;
import static org.uidnet.firewall.ProcessState.SERVICE;
import static org.uidnet.firewall.ProcessState.TOP;
import static org.uidnet.firewall.ProcessState.TOP_SLEEPING;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Stale reports, and how long the way to the background takes. */
class ProcessBookTest {
  private static final long UID = 10_123;
  private static final BackgroundDelay NEWER =
      new BackgroundDelay(Duration.ofSeconds(20), Duration.ofSeconds(2));

  private ProcessBook book = ProcessBook.EMPTY;
  private BackgroundDelay delay = BackgroundDelay.DEFAULT;
  private Moment now = new Moment(Instant.parse("2026-03-01T12:00:00Z"), "boot-1", 1_000_000_000L);

  private ProcessBook.Told tell(ProcessState state) {
    return tell(new ProcessReport(state, Set.of(), Optional.empty()));
  }

  private ProcessBook.Told tell(ProcessState state, long epoch, long seq) {
    return tell(
        new ProcessReport(state, Set.of(), Optional.of(new ProcessReport.Stamp(epoch, seq))));
  }

  private ProcessBook.Told tell(ProcessReport report) {
    ProcessBook.Told told = book.tell(new TreeMap<>(Map.of(UID, report)), delay, now);
    book = told.book();
    return told;
  }

  private void pass(int millis) {
    Duration time = Duration.ofMillis(millis);
    now = new Moment(now.wall().plus(time), now.bootId(), now.bootNanos() + time.toNanos());
  }

  private boolean isNotInBackground() {
    return book.at(now).find(UID).filter(p -> p.isNotInBackground(now)).isPresent();
  }

  private ProcessState state() {
    return book.find(UID).orElseThrow().report().state();
  }

  /** NPMSTest 75. */
  @Test
  void testUidObserverFilters_stale() {
    tell(TOP, 1, 7);
    assertThat(tell(SERVICE, 1, 7).stale()).containsExactly(UID);
    assertThat(tell(SERVICE, 1, 6).stale()).containsExactly(UID);
    assertThat(state()).isEqualTo(TOP);
    assertThat(tell(SERVICE, 1, 8).stale()).isEmpty();
    assertThat(state()).isEqualTo(SERVICE);
  }

  @Test
  void tell_ofAnotherEpochOrWithoutNumber_isNeverStale() {
    tell(TOP, 5, 100);
    assertThat(tell(SERVICE, 4, 1).stale()).isEmpty();
    assertThat(tell(TOP).stale()).isEmpty();
    assertThat(tell(SERVICE, 4, 1).stale()).isEmpty();
  }

  /** Who is gone stays known, so that what was told before is still too late. */
  @Test
  void tell_afterTheUidWasGone_keepsTheNumber() {
    tell(TOP, 1, 7);
    tell(NONEXISTENT, 1, 9);
    assertThat(tell(TOP, 1, 8).stale()).containsExactly(UID);
    assertThat(tell(CACHED_EMPTY, 1, 10).mattered()).containsExactly(UID);
  }

  @Test
  void background_waitsForTheDelay_foregroundForNothing() {
    tell(TOP);
    tell(TOP_SLEEPING);
    pass(4999);
    assertThat(isNotInBackground()).isTrue();
    pass(1);
    assertThat(isNotInBackground()).isFalse();
    assertThat(book.at(now).expiries()).isEmpty();
    tell(SERVICE);
    assertThat(isNotInBackground()).isTrue();
  }

  @Test
  void background_ofOneWhoWasNeverElsewhere_waitsForNothing() {
    tell(CACHED_EMPTY);
    assertThat(isNotInBackground()).isFalse();
    tell(LAST_ACTIVITY);
    assertThat(isNotInBackground()).isFalse();
  }

  @Test
  void goneUid_isInTheBackgroundAtOnce() {
    tell(TOP);
    tell(NONEXISTENT);
    assertThat(isNotInBackground()).isFalse();
    tell(TOP);
    tell(TOP_SLEEPING);
    tell(NONEXISTENT);
    assertThat(isNotInBackground()).isFalse();
  }

  @Test
  void delayThatBegan_isOnlyShortened() {
    delay = NEWER;
    tell(RECEIVER);
    tell(LAST_ACTIVITY);
    pass(1000);
    tell(CACHED_EMPTY);
    pass(1999);
    assertThat(isNotInBackground()).isTrue();
    tell(LAST_ACTIVITY);
    pass(1);
    assertThat(isNotInBackground()).isFalse();
  }

  @Test
  void longDelay_isThatOfWhoWasUsedLately() {
    delay = NEWER;
    tell(TOP);
    tell(LAST_ACTIVITY);
    pass(19_999);
    assertThat(isNotInBackground()).isTrue();
    pass(1);
    assertThat(isNotInBackground()).isFalse();
  }

  @Test
  void reboot_leavesNoProcess() {
    tell(TOP);
    now = new Moment(now.wall().plusSeconds(60), "boot-2", 0);
    assertThat(book.at(now)).isEqualTo(ProcessBook.EMPTY);
  }
}
