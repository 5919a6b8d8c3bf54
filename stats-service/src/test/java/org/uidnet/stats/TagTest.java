package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SinceBoot;
import org.uidnet.stats.Usage.Summary;
import org.uidnet.stats.Usage.SummaryQuery;

/** A tagged byte is in its tag's line and in the untagged one, and once in a total. */
class TagTest {
  private static final long RED = 1001;
  private static final long BLUE = 1002;
  private static final long TAG = 0xf00d;
  private static final long FADED = 0xffff_ff42L;
  private static final Set<Dimension> BY_TAG = EnumSet.of(Dimension.UID, Dimension.TAG);

  @TempDir Path directory;
  private World world;
  private StatsService stats;

  @BeforeEach
  void open() {
    world = new World(directory);
    stats = world.open();
  }

  @AfterEach
  void close() {
    stats.close();
  }

  private void count(long uid, int set, long tag, Traffic traffic) {
    world.count(new SlotId(uid, tag, set, 2, FakeDatapath.HOST), traffic);
  }

  private void store() {
    world.passSeconds(10);
    stats.poll();
  }

  private static Traffic traffic(long bytes) {
    return new Traffic(bytes, 1, 0, 0);
  }

  private static UsageFilter tag(long tag) {
    return UsageFilter.ALL.withTag(tag);
  }

  private Summary summary(Set<Dimension> by, UsageFilter filter) {
    return stats.summary(new SummaryQuery(LONG_AGO, FAR, by, filter));
  }

  private static List<Tuple> byTag(List<Row> rows) {
    return rows.stream()
        .map(row -> tuple(row.key().uid().orElseThrow(), row.key().tag().orElseThrow(), bytes(row)))
        .toList();
  }

  private static long bytes(Row row) {
    return row.traffic().rxBytes();
  }

  /** Android's case 45: the last hour has none of it but BLUE's. */
  @Test
  void summary_ofAllUidsHasTaggedLinesBesideTotals() {
    count(RED, Layouts.SET_DEFAULT, 0, new Traffic(40, 4, 40, 4));
    count(RED, Layouts.SET_DEFAULT, TAG, new Traffic(10, 1, 10, 1));
    count(BLUE, Layouts.SET_DEFAULT, 0, new Traffic(1024, 8, 512, 4));
    store();
    Instant later = world.now.plus(Duration.ofMinutes(30));
    world.pass(Duration.ofHours(1));
    stats.poll();
    count(BLUE, Layouts.SET_FOREGROUND, 0, new Traffic(1024, 8, 512, 4));
    store();
    assertThat(summary(BY_TAG, UsageFilter.ALL).rows())
        .extracting(row -> row.key().uid(), row -> row.key().tag(), Row::traffic)
        .containsExactly(
            tuple(Optional.of(BLUE), Optional.of(0L), new Traffic(2048, 16, 1024, 8)),
            tuple(Optional.of(RED), Optional.of(0L), new Traffic(50, 5, 50, 5)),
            tuple(Optional.of(RED), Optional.of(TAG), new Traffic(10, 1, 10, 1)));
    assertThat(stats.summary(new SummaryQuery(later, FAR, BY_TAG, UsageFilter.ALL)).rows())
        .extracting(row -> row.key().uid(), Row::traffic)
        .containsExactly(tuple(Optional.of(BLUE), new Traffic(1024, 8, 512, 4)));
  }

  /** Android's case 48. */
  @Test
  void summary_keepsSetsOfTagsApart() {
    count(RED, Layouts.SET_DEFAULT, 0, new Traffic(64, 1, 64, 1));
    count(RED, Layouts.SET_DEFAULT, TAG, new Traffic(64, 1, 64, 1));
    store();
    count(RED, Layouts.SET_FOREGROUND, 0, new Traffic(16, 1, 16, 1));
    count(RED, Layouts.SET_FOREGROUND, TAG, new Traffic(16, 1, 16, 1));
    store();
    assertThat(summary(EnumSet.of(Dimension.SET, Dimension.TAG), UsageFilter.ALL).rows())
        .extracting(row -> row.key().set(), row -> row.key().tag(), Row::traffic)
        .containsExactlyInAnyOrder(
            line(CounterSet.DEFAULT, 0, new Traffic(128, 2, 128, 2)),
            line(CounterSet.DEFAULT, TAG, new Traffic(64, 1, 64, 1)),
            line(CounterSet.FOREGROUND, 0, new Traffic(32, 2, 32, 2)),
            line(CounterSet.FOREGROUND, TAG, new Traffic(16, 1, 16, 1)));
    assertThat(summary(EnumSet.of(Dimension.UID), UsageFilter.ALL).rows())
        .extracting(Row::traffic)
        .containsExactly(new Traffic(160, 4, 160, 4));
  }

  private static Tuple line(CounterSet set, long tag, Traffic traffic) {
    return tuple(Optional.of(set), Optional.of(tag), traffic);
  }

  /** Android's case 62: of four counters three are tagged, which makes seven lines. */
  @Test
  void summary_hasATotalForEachTaggedLine() {
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(100));
    count(RED, Layouts.SET_FOREGROUND, TAG, traffic(20));
    count(BLUE, Layouts.SET_DEFAULT, FADED, traffic(3));
    count(1003, Layouts.SET_DEFAULT, 0, traffic(4));
    store();
    assertThat(
            summary(EnumSet.of(Dimension.UID, Dimension.SET, Dimension.TAG), UsageFilter.ALL)
                .rows())
        .hasSize(7);
    assertThat(byTag(summary(BY_TAG, UsageFilter.ALL).rows()))
        .containsExactlyInAnyOrder(
            tuple(RED, 0L, 120L),
            tuple(RED, TAG, 120L),
            tuple(BLUE, 0L, 3L),
            tuple(BLUE, FADED, 3L),
            tuple(1003L, 0L, 4L));
  }

  @Test
  void total_countsEachByteOnceHoweverItIsGrouped() {
    count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(200));
    count(BLUE, Layouts.SET_DEFAULT, FADED, traffic(30));
    store();
    for (Dimension dimension : Dimension.values()) {
      assertThat(summary(EnumSet.of(dimension), UsageFilter.ALL).total().rxBytes())
          .as("by " + dimension)
          .isEqualTo(1230);
    }
    assertThat(summary(BY_TAG, UsageFilter.ALL).total().rxBytes()).isEqualTo(1230);
  }

  @Test
  void tagZero_isTheTotal() {
    count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(200));
    store();
    assertThat(byTag(summary(BY_TAG, tag(0)).rows())).containsExactly(tuple(RED, 0L, 1200L));
    assertThat(summary(EnumSet.of(Dimension.UID), tag(0)).rows())
        .extracting(TagTest::bytes)
        .containsExactly(1200L);
    assertThat(summary(BY_TAG, tag(0)).total().rxBytes()).isEqualTo(1200);
  }

  @Test
  void oneTag_isOnlyWhatHasIt() {
    count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(200));
    count(BLUE, Layouts.SET_DEFAULT, FADED, traffic(30));
    store();
    assertThat(byTag(summary(BY_TAG, tag(TAG)).rows())).containsExactly(tuple(RED, TAG, 200L));
    assertThat(summary(EnumSet.of(Dimension.UID), tag(FADED)).total().rxBytes()).isEqualTo(30);
    assertThat(summary(BY_TAG, tag(7)).rows()).isEmpty();
  }

  @Test
  void history_hasTaggedLinesBesideTotals() {
    count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(200));
    store();
    assertThat(history(EnumSet.of(Dimension.TAG), UsageFilter.ALL))
        .extracting(bucket -> bucket.row().key().tag(), bucket -> bytes(bucket.row()))
        .containsExactly(tuple(Optional.of(0L), 1200L), tuple(Optional.of(TAG), 200L));
    assertThat(history(Set.of(), tag(TAG)))
        .extracting(bucket -> bytes(bucket.row()))
        .containsExactly(200L);
    assertThat(history(Set.of(), UsageFilter.ALL))
        .extracting(bucket -> bytes(bucket.row()))
        .containsExactly(1200L);
  }

  private List<Bucket> history(Set<Dimension> by, UsageFilter filter) {
    return stats.history(new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, by, filter)).buckets();
  }

  @Test
  void sinceBoot_countsLiveAndStoredTaggedBytesOnce() {
    count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(200));
    store();
    count(RED, Layouts.SET_DEFAULT, TAG, traffic(50));
    SinceBoot boot = stats.sinceBoot(BY_TAG, UsageFilter.ALL);
    assertThat(byTag(boot.rows())).containsExactly(tuple(RED, 0L, 1250L), tuple(RED, TAG, 250L));
    assertThat(boot.total().rxBytes()).isEqualTo(1250);
    assertThat(stats.sinceBoot(EnumSet.of(Dimension.UID), tag(0)).total().rxBytes())
        .isEqualTo(1250);
    assertThat(stats.sinceBoot(BY_TAG, tag(TAG)).total().rxBytes()).isEqualTo(250);
  }

  @Test
  void rollUp_keepsTagsAndTotals() {
    for (int hour = 0; hour < 30; hour++) {
      count(RED, Layouts.SET_DEFAULT, 0, traffic(1000));
      count(RED, Layouts.SET_FOREGROUND, TAG, traffic(200));
      world.pass(Duration.ofHours(1));
      stats.poll();
    }
    assertThat(byTag(summary(BY_TAG, UsageFilter.ALL).rows()))
        .containsExactly(tuple(RED, 0L, 36_000L), tuple(RED, TAG, 6000L));
  }
}
