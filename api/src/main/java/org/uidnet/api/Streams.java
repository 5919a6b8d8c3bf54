package org.uidnet.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of the server: who may have how many, and one thread for them, which writes and looks
 * after them once a second. It exists only while there are streams. Thread-safe.
 */
final class Streams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final long BETWEEN_ROUNDS_MILLIS = 1000;
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);
  private static final Map<String, String> RETRY = Map.of("Retry-After", "10");

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService thread;
  private final List<Runnable> work = new CopyOnWriteArrayList<>();
  private final List<Runnable> pauses = new CopyOnWriteArrayList<>();

  /** Guarded by the lock, as all below. */
  private final Map<EventStream, Caller> open = new LinkedHashMap<>();

  private Optional<Future<?>> rounds = Optional.empty();
  private boolean closed;

  Streams(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    thread = thread();
  }

  /** One thread, which ends when it has had nothing to do for a while. */
  private static ScheduledExecutorService thread() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uidnet-streams");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end
    executor.setKeepAliveTime(2 * BETWEEN_ROUNDS_MILLIS, TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Work to be done once a second, on the streams' thread, while there are streams. */
  void eachSecond(Runnable task) {
    work.add(task);
  }

  /**
   * The same for work that compares with the second before.
   *
   * @param pause done on the same thread when the last stream has ended
   */
  void eachSecond(Runnable task, Runnable pause) {
    work.add(task);
    pauses.add(pause);
  }

  /**
   * A stream to one client; it is counted until it ends.
   *
   * @throws Refusal 429 or 503
   */
  synchronized EventStream open(
      Caller caller, StreamFormat format, int capacity, EventStream.Client client) {
    requireRoom(caller);
    EventStream stream = new EventStream(format, capacity, client, thread, nanoTime, this::forget);
    open.put(stream, caller);
    if (rounds.isEmpty()) {
      rounds = Optional.of(startRounds());
    }
    return stream;
  }

  /** It has ended, or has not begun. */
  synchronized void forget(EventStream stream) {
    open.remove(stream);
    if (open.isEmpty()) {
      rounds.ifPresent(running -> running.cancel(false));
      rounds = Optional.empty();
      pauses.forEach(thread::execute);
      notifyAll();
    }
  }

  /** Ordinary users together may have half, so that they never keep the admins out. */
  private void requireRoom(Caller caller) {
    if (closed) {
      throw Refusal.of(ProblemType.STOPPING, "The server is being stopped.", RETRY);
    }
    if (!caller.isUnlimited() && streamsOf(caller) >= limits.streamsPerUid()) {
      throw tooMany("This UID has %d open streams; close one.".formatted(limits.streamsPerUid()));
    }
    if (open.size() >= (caller.isUnlimited() ? limits.streams() : limits.streams() / 2)) {
      throw tooMany("The server has as many open streams as it takes; try again later.");
    }
  }

  private long streamsOf(Caller caller) {
    return open.values().stream().filter(other -> other.key().equals(caller.key())).count();
  }

  private static Refusal tooMany(String detail) {
    return Refusal.of(ProblemType.TOO_MANY, detail, RETRY);
  }

  private Future<?> startRounds() {
    return thread.scheduleWithFixedDelay(
        this::round, BETWEEN_ROUNDS_MILLIS, BETWEEN_ROUNDS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void round() {
    work.forEach(Streams::carefully);
    snapshot().forEach(stream -> carefully(stream::round));
  }

  private synchronized List<EventStream> snapshot() {
    return List.copyOf(open.keySet());
  }

  private static void carefully(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("a round of the event streams failed", e);
    }
  }

  /** Ends those of callers that may not listen any longer. */
  void endUnless(Predicate<Caller> mayListen) {
    callers().stream().filter(caller -> !mayListen.test(caller)).forEach(this::endThoseOf);
  }

  private synchronized Set<Caller> callers() {
    return Set.copyOf(open.values());
  }

  private void endThoseOf(Caller caller) {
    for (EventStream stream : snapshot()) {
      if (isOf(caller, stream)) {
        stream.finish();
      }
    }
  }

  private synchronized boolean isOf(Caller caller, EventStream stream) {
    return caller.equals(open.get(stream));
  }

  /** Says goodbye to clients that listen, and drops the others. No stream is opened any more. */
  @Override
  public void close() {
    refuseMore().forEach(EventStream::finish);
    awaitEnd();
    snapshot().forEach(stream -> stream.end(Optional.empty()));
    thread.shutdownNow();
  }

  private synchronized List<EventStream> refuseMore() {
    closed = true;
    return List.copyOf(open.keySet());
  }

  private synchronized void awaitEnd() {
    long deadline = System.nanoTime() + LONGEST_GOODBYE.toNanos();
    try {
      for (long left = LONGEST_GOODBYE.toNanos();
          left > 0 && !open.isEmpty();
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
