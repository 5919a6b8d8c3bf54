package org.uidnet.netd.daemon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.PacketTraces;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Trace;
import org.uidnet.stats.Host;

/**
 * Hands traced packets to everybody who asked for them. The programs trace, and a thread reads,
 * only while somebody does: with the last session one store ends the tracing, and the thread ends
 * when nothing more will come.
 *
 * <p>Thread-safe: sessions and demand change under the lock; packets are handed over without it, by
 * the reader alone.
 */
final class TraceHub implements PacketTraces, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TraceHub.class);

  /** So that the reader ends soon after the last session. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final AccountingMaps maps;
  private final Host.Elapsed elapsed;
  private final Runnable awaitPrograms;
  private final List<TraceSession> sessions = new CopyOnWriteArrayList<>();
  private final TraceSampling sampling = new TraceSampling();

  /** Guarded by the lock, as is the reader. */
  private TraceDemand demand = TraceDemand.NONE;

  private Optional<AgentRunner> reader = Optional.empty();

  /** The reader's own. */
  private long lostBefore;

  /**
   * Nothing is traced yet: what a daemon that was killed has left on is turned off.
   *
   * @param elapsed the clock that packets have their times of
   * @param awaitPrograms returns when all program runs under way have ended
   */
  TraceHub(AccountingMaps maps, Host.Elapsed elapsed, Runnable awaitPrograms) {
    this.maps = maps;
    this.elapsed = elapsed;
    this.awaitPrograms = awaitPrograms;
    if (maps.control().traceEvery() != 0) {
      LOG.info("packets were still traced for a daemon that was killed; turned off");
      trace(TraceDemand.NONE);
      awaitPrograms.run();
      maps.pollTraces(packet -> {});
    }
  }

  @Override
  public synchronized Session open(TraceFilter filter, Listener to) {
    TraceSession session = new TraceSession(filter, to, this::end);
    sessions.add(session);
    meetDemand();
    if (reader.isEmpty()) {
      lostBefore = maps.control().lostTraces();
      reader = Optional.of(AgentRunner.start("uidnet-traces", this::round));
    }
    return session;
  }

  private synchronized void end(TraceSession session) {
    if (sessions.remove(session)) {
      meetDemand();
    }
  }

  private void meetDemand() {
    TraceDemand now = TraceDemand.of(sessions.stream().map(TraceSession::filter).toList());
    if (!now.equals(demand)) {
      trace(now);
    }
  }

  private void trace(TraceDemand now) {
    demand = now;
    maps.control().trace(now.every(), now.uid());
    sampling.changed(elapsed.nanos(), now.every());
  }

  private Duration round() {
    maps.awaitTraces(LONGEST_WAIT);
    maps.pollTraces(this::deliver);
    tellLost();
    if (sessions.isEmpty()) {
      drain();
      endUnlessAskedAgain();
    }
    return Duration.ZERO;
  }

  private void deliver(Trace packet) {
    int standsFor = sampling.at(packet.time());
    forEachSession(session -> session.offer(packet, standsFor));
  }

  private void tellLost() {
    long lost = maps.control().lostTraces();
    if (lost != lostBefore) {
      long more = lost - lostBefore;
      lostBefore = lost;
      forEachSession(session -> session.lost(more));
    }
  }

  private void forEachSession(Consumer<TraceSession> call) {
    for (TraceSession session : sessions) {
      try {
        call.accept(session);
      } catch (RuntimeException e) {
        LOG.warn("a packet trace failed for one of those who asked", e);
      }
    }
  }

  /** Programs that were at it when tracing ended have ended too. */
  private void drain() {
    awaitPrograms.run();
    maps.pollTraces(this::deliver);
  }

  private synchronized void endUnlessAskedAgain() {
    if (sessions.isEmpty()) {
      reader.ifPresent(AgentRunner::close);
      reader = Optional.empty();
    }
  }

  /** Ends all sessions; returns when nobody reads any more. */
  @Override
  public void close() {
    takeReader().ifPresent(AgentRunner::close);
  }

  private synchronized Optional<AgentRunner> takeReader() {
    sessions.clear();
    meetDemand();
    Optional<AgentRunner> taken = reader;
    reader = Optional.empty();
    return taken;
  }
}
