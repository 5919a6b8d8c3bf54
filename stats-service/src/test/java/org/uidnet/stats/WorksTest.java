package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.uidnet.stats.Usage.Work;
import org.uidnet.stats.Usage.WorkKind;

class WorksTest {
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final Works works = new Works(nanos::get);

  @Test
  void all_tellsWhatIsLeftByWhatWasDone() {
    try (Works.Running work = works.begin(WorkKind.VACUUM, 400)) {
      assertThat(works.all().get(0).remaining()).isEmpty();
      nanos.addAndGet(2_000_000_000L);
      work.done(100);
      Work now = works.all().get(0);
      assertThat(now).isEqualTo(new Work(WorkKind.VACUUM, 100, 400, Duration.ofSeconds(2)));
      assertThat(now.remaining()).contains(Duration.ofSeconds(6));
    }
  }

  @Test
  void all_forgetsWhatEnded() {
    Works.Running export = works.begin(WorkKind.EXPORT, 1);
    Works.Running vacuum = works.begin(WorkKind.VACUUM, 1);
    assertThat(works.all())
        .extracting(Work::kind)
        .containsExactly(WorkKind.EXPORT, WorkKind.VACUUM);
    export.close();
    assertThat(works.all()).extracting(Work::kind).containsExactly(WorkKind.VACUUM);
    vacuum.close();
    assertThat(works.all()).isEmpty();
  }

  @Test
  void all_ofUnknownTotal_tellsNoEnd() {
    try (Works.Running reading = works.begin(WorkKind.IMPORT, Works.UNKNOWN)) {
      nanos.addAndGet(2_000_000_000L);
      reading.done(100);
      assertThat(works.all().get(0).done()).isEqualTo(100);
      assertThat(works.all().get(0).remaining()).isEmpty();
    }
  }

  @Test
  void left_isOneWorkUntilNothingIs() {
    works.left(WorkKind.ROLL_UP, 0);
    assertThat(works.all()).isEmpty();
    works.left(WorkKind.ROLL_UP, 300);
    nanos.addAndGet(2_000_000_000L);
    works.left(WorkKind.ROLL_UP, 100);
    assertThat(works.all())
        .containsExactly(new Work(WorkKind.ROLL_UP, 200, 300, Duration.ofSeconds(2)));
    works.left(WorkKind.ROLL_UP, 0);
    assertThat(works.all()).isEmpty();
  }

  @Test
  void left_moreThanAtTheBegin_isNothingDone() {
    works.left(WorkKind.DELETION, 10);
    works.left(WorkKind.DELETION, 12);
    assertThat(works.all()).extracting(Work::done).containsExactly(0L);
  }
}
