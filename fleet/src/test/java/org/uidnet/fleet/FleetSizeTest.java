package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand hosts send a day to one PostgreSQL that is killed ten times meanwhile. */
@Tag("fault")
class FleetSizeTest {
  private static final int HOSTS = 1_000;
  private static final int OUTAGES = 10;

  private static final int BUCKETS = 288;
  private static final int BATCHES = 1;

  private static final int KEYS = 1;
  private static final int AT_ONCE = 8;

  private final Semaphore sent = new Semaphore(0);
  private final ReentrantReadWriteLock away = new ReentrantReadWriteLock();
  private final AtomicLong failures = new AtomicLong();

  @Test
  void day_ofAThousandHosts_isThereOnceAfterTenOutages() throws Exception {
    List<MemoryQueue> queues =
        IntStream.range(0, HOSTS).mapToObj(host -> new MemoryQueue(host, BUCKETS, KEYS)).toList();
    try (PostgresServer server = PostgresServer.start()) {
      export(server, queues);
      long rows = queues.stream().mapToLong(MemoryQueue::rows).sum();
      long bytes = queues.stream().mapToLong(MemoryQueue::rxBytes).sum();
      assertThat(server.query("SELECT count(*), sum(rx_bytes) FROM uidnet_usage"))
          .containsExactly(List.of(String.valueOf(rows), String.valueOf(bytes)));
      assertThat(server.query("SELECT count(*), count(DISTINCT exported_to) FROM uidnet_hosts"))
          .containsExactly(List.of(String.valueOf(HOSTS), "1"));
      assertThat(failures)
          .as("outages that somebody noticed")
          .hasValueGreaterThanOrEqualTo(OUTAGES);
    }
  }

  private void export(PostgresServer server, List<MemoryQueue> queues) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> hosts = new ArrayList<>();
      for (int host = 0; host < HOSTS; host++) {
        String name = "host" + host;
        MemoryQueue queue = queues.get(host);
        hosts.add(threads.submit(() -> export(server, name, queue)));
      }
      failTenTimes(server);
      for (Future<?> host : hosts) {
        host.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Without the pauses between rounds. */
  private void export(PostgresServer server, String name, MemoryQueue queue) {
    try (Exporter exporter = exporter(server, name, queue)) {
      while (exporter.status().waitingBuckets() > 0 || exporter.status().lastSent().isEmpty()) {
        exporter.round();
        if (exporter.status().trouble().isPresent()) {
          failures.incrementAndGet();
          awaitServer();
        } else {
          sent.release();
        }
      }
    }
  }

  private static Exporter exporter(PostgresServer server, String name, MemoryQueue queue) {
    return new Exporter(
        name,
        "postgres",
        new PostgresSink(server.target(), Optional.of(server.passwordFile())),
        queue,
        BlockedTraffic.NONE,
        Clock.systemUTC(),
        new Backoff(new SplittableRandom()));
  }

  /** Spread over all that is sent. */
  private void failTenTimes(PostgresServer server) throws Exception {
    for (int outage = 0; outage < OUTAGES; outage++) {
      sent.acquire(HOSTS * BATCHES / (OUTAGES + 1));
      away.writeLock().lock();
      try {
        server.kill();
        server.restart();
      } finally {
        away.writeLock().unlock();
      }
    }
  }

  /** Whoever noticed an outage waits for its end. */
  private void awaitServer() {
    away.readLock().lock();
    away.readLock().unlock();
  }
}
