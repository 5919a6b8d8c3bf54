package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress;
import org.uidnet.stats.ExportQueue;
import org.uidnet.stats.HistoryException;

class ExporterTest {
  private static final Instant NOW = MemoryQueue.DAY.plus(Duration.ofDays(1));
  private static final int BUCKETS = 100;
  private static final Instant END = MemoryQueue.DAY.plus(MemoryQueue.BUCKET.multipliedBy(BUCKETS));

  private final MemoryQueue queue = new MemoryQueue(7, BUCKETS, 90);
  private final FailingSink sink = new FailingSink();
  private final List<Instant> asked = new ArrayList<>();

  /** Where a shipment may fail. */
  enum Failure {
    NONE,
    BEFORE,
    IN_THE_MIDDLE,
    AFTER_THE_COMMIT
  }

  /** A database in memory: a transaction, and then its answer. */
  private static final class FailingSink implements Sink {
    final Map<Object, Traffic> rows = new HashMap<>();
    final List<Shipment> shipments = new ArrayList<>();
    Failure failure = Failure.NONE;
    Optional<Duration> retryAfter = Optional.empty();

    @Override
    public void send(Shipment shipment) throws SinkException {
      failAt(Failure.BEFORE);
      Map<Object, Traffic> transaction = new HashMap<>();
      for (ExportBatch.Row row : shipment.batch().rows()) {
        transaction.put(id(shipment.host(), row), row.bucket().row().traffic());
        failAt(Failure.IN_THE_MIDDLE);
      }
      rows.putAll(transaction);
      shipments.add(shipment);
      failAt(Failure.AFTER_THE_COMMIT);
    }

    private static Object id(String host, ExportBatch.Row row) {
      return List.of(host, row.boot(), row.bucket().start(), RowKey.of(row.bucket().row().key()));
    }

    private void failAt(Failure step) throws SinkException {
      if (failure == step) {
        throw new SinkException("failed " + step, retryAfter);
      }
    }

    long rxBytes() {
      return rows.values().stream().mapToLong(Traffic::rxBytes).sum();
    }

    @Override
    public void close() {}
  }

  private Exporter exporter(ExportQueue from) {
    return new Exporter(
        "host",
        "postgres",
        sink,
        from,
        (start, end) -> {
          asked.add(start);
          return List.of(new BlockedRow(start, 1000, "DOZE", "EGRESS", 1, 60));
        },
        Clock.fixed(NOW, ZoneOffset.UTC),
        new Backoff(new SplittableRandom(1)));
  }

  private static void drain(Exporter exporter) {
    while (exporter.round().isZero()) {
      // a batch a round
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void round_losesAndDoublesNothingWhereverTheSinkFails(Failure failure) {
    Exporter exporter = exporter(queue);
    for (int outage = 0; outage < 5; outage++) {
      sink.failure = failure;
      exporter.round();
      sink.failure = Failure.NONE;
      exporter.round();
    }
    drain(exporter);
    assertThat(sink.rows.size()).isEqualTo(queue.rows());
    assertThat(sink.rxBytes()).isEqualTo(queue.rxBytes());
  }

  @Test
  void round_losesAndDoublesNothingWhenAllOfItFailsAtRandom() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Exporter exporter = exporter(queue);
    for (int round = 0; round < 200; round++) {
      sink.failure = Failure.values()[random.nextInt(Failure.values().length)];
      exporter.round();
    }
    sink.failure = Failure.NONE;
    drain(exporter);
    assertThat(sink.rxBytes()).as("seed " + seed).isEqualTo(queue.rxBytes());
  }

  @Test
  void round_sendsTheOldestFirstInBatches() {
    drain(exporter(queue));
    assertThat(sink.shipments.stream().map(shipment -> shipment.batch().from()))
        .hasSize(5)
        .isSorted()
        .first()
        .isEqualTo(MemoryQueue.DAY);
  }

  /** Refusals of an hour may become known when its traffic was sent already. */
  @Test
  void round_sendsRefusalsOfATimeBeforeTheBatchToo() {
    drain(exporter(queue));
    assertThat(asked.get(0)).isEqualTo(MemoryQueue.DAY.minus(Duration.ofMinutes(30)));
    assertThat(sink.shipments.stream().map(shipment -> shipment.blocked().size())).containsOnly(1);
  }

  @Test
  void round_waitsLongerAfterEachFailure() {
    Exporter exporter = exporter(queue);
    sink.failure = Failure.BEFORE;
    List<Duration> waits = new ArrayList<>();
    for (int failure = 0; failure < 12; failure++) {
      waits.add(exporter.round());
    }
    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(waits.get(3)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
    assertThat(waits.get(11)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    sink.failure = Failure.NONE;
    exporter.round();
    sink.failure = Failure.BEFORE;
    assertThat(exporter.round()).as("after a success").isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void round_leavesTheSinkAloneForAsLongAsItAsks() {
    Exporter exporter = exporter(queue);
    sink.failure = Failure.BEFORE;
    sink.retryAfter = Optional.of(Duration.ofMinutes(20));
    assertThat(exporter.round()).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void round_waitsForOtherTimesThanOtherHosts() {
    drain(exporter(queue));
    Exporter exporter = exporter(queue);
    assertThat(exporter.round()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
    assertThat(exporter.round()).isNotEqualTo(exporter.round());
  }

  @Test
  void status_tellsHowFarTheSinkIs() {
    Exporter exporter = exporter(queue);
    assertThat(exporter.status().exportedTo()).isEmpty();
    sink.failure = Failure.BEFORE;
    exporter.round();
    assertThat(exporter.status().waitingBuckets()).isEqualTo(BUCKETS);
    assertThat(exporter.status().trouble()).contains("failed BEFORE");
    assertThat(exporter.problem().orElseThrow())
        .contains("not sent to postgres", MemoryQueue.DAY.toString(), "uidnet status");
    sink.failure = Failure.NONE;
    drain(exporter);
    assertThat(exporter.status())
        .isEqualTo(
            new ExportStatus(
                "postgres",
                Optional.of(END),
                0,
                queue.rows(),
                Optional.of(NOW),
                Optional.empty(),
                Optional.empty()));
    assertThat(exporter.problem()).isEmpty();
  }

  @Test
  void problem_namesThePeriodThatWasLost() {
    Exporter exporter = exporter(losing(NOW.minus(Duration.ofDays(1))));
    exporter.round();
    assertThat(exporter.problem().orElseThrow())
        .contains(MemoryQueue.DAY.toString(), "deleted while it was away", "--export-keep");
    Exporter later = exporter(losing(NOW.minus(Duration.ofDays(8))));
    later.round();
    assertThat(later.problem()).as("known for a week").isEmpty();
    assertThat(later.status().lost()).isPresent();
  }

  private static ExportQueue losing(Instant to) {
    return new ExportQueue() {
      @Override
      public Optional<ExportBatch> next(int rows) {
        return Optional.empty();
      }

      @Override
      public void sent(ExportBatch batch) {}

      @Override
      public ExportProgress progress() {
        return new ExportProgress(
            to, to, Optional.of(new ExportProgress.Lost(to.minus(Duration.ofHours(1)), to)));
      }
    };
  }

  @Test
  void round_goesOnWhenHistoryCannotBeRead() {
    Exporter exporter =
        exporter(
            new ExportQueue() {
              @Override
              public Optional<ExportBatch> next(int rows) {
                throw new HistoryException("cannot read history");
              }

              @Override
              public void sent(ExportBatch batch) {}

              @Override
              public ExportProgress progress() {
                throw new HistoryException("cannot read history");
              }
            });
    assertThat(exporter.round()).isPositive();
    assertThat(exporter.status().trouble()).contains("cannot read history");
  }
}
