package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.UsageRow;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Patience;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.stats.CounterSet;

/** Foreground and background, while the UID sends. */
@KernelTest
@Timeout(120)
class CounterSetTest {
  private static final long UID = 10_123;
  private static final int PAYLOAD = 100;
  private static final int IP_AND_UDP = 28;
  private static final int SECONDS = 5;
  private static final int SENDERS = 2;
  private static final int FLIPS_PER_SECOND = 1000;

  @Test
  void flips_underLoad_conserveEveryByte() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      List<CompletableFuture<Long>> senders =
          List.of(Background.start(() -> send(daemon)), Background.start(() -> send(daemon)));
      CompletableFuture<Void> sent =
          CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new));
      long flips = flip(daemon.platform().datapath().uids(), sent);
      long datagrams = senders.stream().mapToLong(CompletableFuture::join).sum();

      assertThat(senders).hasSize(SENDERS);
      assertThat(flips).as("flips").isGreaterThan(Patience.atLeast(FLIPS_PER_SECOND * SECONDS / 2));
      assertThat(daemon.usage(UID)).isEqualTo(bothWays(datagrams));
      List<UsageRow> sets = daemon.summary("set");
      assertThat(sets)
          .extracting(UsageRow::set)
          .containsExactlyInAnyOrder(
              Optional.of(CounterSet.DEFAULT), Optional.of(CounterSet.FOREGROUND));
      assertThat(sum(sets)).isEqualTo(bothWays(datagrams));
      assertThat(sum(daemon.client().sinceBoot(UsageQuery.NONE.by("set")).rows()))
          .isEqualTo(bothWays(datagrams));
      System.out.printf("%d flips, %d datagrams: %s%n", flips, datagrams, sets);
    }
  }

  private static long send(TestDaemon daemon) {
    return Long.parseLong(daemon.traffic().run("uid-pairs", PAYLOAD, SECONDS, UID, 1));
  }

  /** By the clock and not by pauses: those are longer than asked for. */
  private static long flip(UidTable uids, CompletableFuture<Void> sent) {
    long start = System.nanoTime();
    long flips = 0;
    while (!sent.isDone()) {
      uids.setCounterSet((int) UID, (int) (flips++ % 2));
      long next = start + flips * (TimeUnit.SECONDS.toNanos(1) / FLIPS_PER_SECOND);
      LockSupport.parkNanos(Math.max(1, next - System.nanoTime()));
    }
    return flips;
  }

  private static Traffic sum(List<UsageRow> rows) {
    return rows.stream().map(UsageRow::traffic).reduce(Traffic.NONE, Traffic::plus);
  }

  /** Of the UID to itself. */
  private static Traffic bothWays(long datagrams) {
    long bytes = datagrams * (PAYLOAD + IP_AND_UDP);
    return new Traffic(bytes, datagrams, bytes, datagrams);
  }

  @Test
  void counterSet_setOverHttp_holdsFromTheNextPacketAndOverARestart() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      long before = Long.parseLong(daemon.traffic().run("uid-pairs", PAYLOAD, 1, UID, 1));
      assertThat(foreground(daemon, true)).isTrue();
      assertThat(foreground(daemon, true)).isFalse();
      daemon.leave();
      daemon.start();
      long after = Long.parseLong(daemon.traffic().run("uid-pairs", PAYLOAD, 1, UID, 1));
      assertThat(daemon.summary("set"))
          .extracting(row -> row.set().orElseThrow(), UsageRow::traffic)
          .containsExactlyInAnyOrder(
              tuple(CounterSet.DEFAULT, bothWays(before)),
              tuple(CounterSet.FOREGROUND, bothWays(after)));
    }
  }

  private static boolean foreground(TestDaemon daemon, boolean foreground) throws IOException {
    CounterSet set = foreground ? CounterSet.FOREGROUND : CounterSet.DEFAULT;
    return daemon.client().send(ApiRequest.setCounterSet(UID, set)).change().changed();
  }
}
