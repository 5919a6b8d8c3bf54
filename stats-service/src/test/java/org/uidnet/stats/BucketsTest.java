package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.stats.share.Proportion;

class BucketsTest {
  private static final BucketCalendar UTC = new BucketCalendar(ZoneId.of("UTC"));

  @Test
  void split_addsUpAndTakesTheNewestFirst() {
    // 100 s in the first bucket, 300 s in the second, 200 s in the third.
    Spread spread = spread(200_000, 800_000);
    long[][] shares = spread.split(new long[] {100, 1, 7, 0});
    assertThat(column(shares, 0)).containsExactly(17, 50, 33);
    assertThat(column(shares, 1)).containsExactly(1, 0, 0);
    assertThat(column(shares, 2)).containsExactly(2, 3, 2);
    assertThat(column(shares, 3)).containsExactly(0, 0, 0);
    assertThat(spread.tick(2)).isEqualTo(2);
  }

  @Test
  void split_sharesBetweenHoursFirst() {
    // Half an hour on either side of the full hour.
    Spread spread = spread(Tick.millis(6), Tick.millis(18));
    long[] shares = column(spread.split(new long[] {1024}), 0);
    assertThat(Arrays.stream(shares, 0, 6).sum()).isEqualTo(512);
    assertThat(Arrays.stream(shares, 6, 12).sum()).isEqualTo(512);
  }

  @Test
  void split_ofAnEmptyIntervalIsOneBucket() {
    Spread spread = spread(600_000, 600_000);
    assertThat(spread.size()).isEqualTo(1);
    assertThat(spread.tick(0)).isEqualTo(2);
    assertThat(spread(300_000, 600_000).tick(0)).isEqualTo(1);
  }

  @Test
  void split_conservesEveryValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      long from = random.nextInt(2_000_000_000);
      Spread spread = spread(from, from + random.nextInt(100_000_000));
      long[] values = {random.nextLong() >>> 1, random.nextInt(100), -random.nextInt(1000), 0};
      long[][] shares = spread.split(values);
      for (int column = 0; column < values.length; column++) {
        assertThat(LongStream.of(column(shares, column)).sum())
            .as("seed " + seed)
            .isEqualTo(values[column]);
      }
    }
  }

  @Test
  void over_takesCoarserPiecesWhereThereWouldBeTooManyRows() {
    long from = Tick.millis(3);
    long day = Duration.ofDays(1).toMillis();
    assertThat(Spread.over(from, from + day, UTC, Resolution.FIVE_MINUTES, 10, 10_000).size())
        .isEqualTo(288);
    assertThat(Spread.over(from, from + day, UTC, Resolution.FIVE_MINUTES, 100, 10_000).size())
        .isEqualTo(25);
    assertThat(Spread.over(from, from + 30 * day, UTC, Resolution.FIVE_MINUTES, 100, 10_000).size())
        .isEqualTo(31);
    assertThat(
            Spread.over(from, from + 3000 * day, UTC, Resolution.FIVE_MINUTES, 100, 10_000).size())
        .isEqualTo(99);
  }

  @Test
  void over_isNotFinerThanAsked() {
    long from = Tick.millis(3);
    long day = Duration.ofDays(1).toMillis();
    assertThat(Spread.over(from, from + day, UTC, Resolution.HOUR, 1, 10_000).size()).isEqualTo(25);
  }

  private static Spread spread(long from, long to) {
    return Spread.over(from, to, UTC, Resolution.FIVE_MINUTES, 1, 1_000_000);
  }

  private static long[] column(long[][] shares, int column) {
    return Arrays.stream(shares).mapToLong(share -> share[column]).toArray();
  }

  @Test
  void floor_isExactForAllNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(60);
      long denominator = (random.nextLong() >>> (1 + random.nextInt(60))) + 1;
      long numerator = Math.floorMod(random.nextLong(), denominator);
      BigInteger[] exact =
          BigInteger.valueOf(value)
              .multiply(BigInteger.valueOf(numerator))
              .divideAndRemainder(BigInteger.valueOf(denominator));
      BigInteger floor = exact[1].signum() < 0 ? exact[0].subtract(BigInteger.ONE) : exact[0];
      assertThat(Proportion.floor(value, numerator, denominator))
          .as("seed " + seed)
          .isEqualTo(floor.longValueExact());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "America/Havana",
        "Australia/Lord_Howe",
        "Pacific/Apia"
      })
  void calendar_nestsHoursInDaysInMonths(String zone) {
    BucketCalendar calendar = new BucketCalendar(ZoneId.of(zone));
    int first = Tick.of(Instant.parse("2010-01-01T00:00:00Z").toEpochMilli());
    int last = Tick.of(Instant.parse("2013-01-01T00:00:00Z").toEpochMilli());
    for (int tick = calendar.start(Resolution.HOUR, first);
        tick < last;
        tick = calendar.end(Resolution.HOUR, tick)) {
      int end = calendar.end(Resolution.HOUR, tick);
      assertThat(calendar.start(Resolution.HOUR, tick)).isEqualTo(tick);
      assertThat(calendar.start(Resolution.HOUR, end - 1)).isEqualTo(tick);
      assertThat(end - tick).isBetween(6, 18);
      assertThat(calendar.end(Resolution.DAY, tick)).isGreaterThanOrEqualTo(end);
      assertThat(calendar.end(Resolution.MONTH, tick))
          .isGreaterThanOrEqualTo(calendar.end(Resolution.DAY, tick));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Kolkata, 2026-03-01T10:00:00Z, 2026-02-28T18:30:00Z, 2026-03-01T18:30:00Z",
    "Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z"
  })
  void calendar_beginsDaysWhereTheZoneDoes(String zone, Instant at, Instant start, Instant end) {
    BucketCalendar calendar = new BucketCalendar(ZoneId.of(zone));
    int tick = Tick.of(at.toEpochMilli());
    assertThat(Tick.instant(calendar.start(Resolution.DAY, tick))).isEqualTo(start);
    assertThat(Tick.instant(calendar.end(Resolution.DAY, tick))).isEqualTo(end);
  }

  @Test
  void pack_isUndoneByUnpack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      long[] values = new long[1 + random.nextInt(300)];
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextInt(3) == 0 ? random.nextLong() >> random.nextInt(64) : 0;
      }
      assertThat(Packed.unpack(Packed.pack(values), values.length))
          .as("seed " + seed)
          .isEqualTo(values);
    }
  }

  @Test
  void edit_leavesTheFormerChunksAlone() {
    Chunks.Editor editor = Chunks.empty(4).edit();
    editor.set(300, 1, 7);
    Chunks first = editor.done();
    Chunks.Editor next = first.edit();
    next.set(300, 1, 8);
    next.add(5000, new long[] {1, 2, 3, 4});
    assertThat(first.get(300, 1)).isEqualTo(7);
    assertThat(first.isZero(5000)).isTrue();
    assertThat(next.done().get(300, 1)).isEqualTo(8);
    assertThat(next.changed().cardinality()).isEqualTo(2);
    assertThat(next.done().row(5000)).containsExactly(1, 2, 3, 4);
  }
}
