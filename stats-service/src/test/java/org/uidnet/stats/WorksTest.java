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
}
