package org.uidnet.netd.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A client that tries the same again and again beside a test, and remembers what came of it. */
public final class Retrying implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(Patience.of(20));

  /** The same outcome so many times, one after the other. */
  public record Run(String outcome, int times) {}

  private final Supplier<String> attempt;
  private final long pauseNanos;
  private final Thread thread = new Thread(this::run, "retrying");
  private volatile boolean ended;

  /** Guarded by itself. */
  private final List<Run> runs = new ArrayList<>();

  /** Guarded by runs. */
  private int attempts;

  private Retrying(Supplier<String> attempt, long pauseNanos) {
    this.attempt = attempt;
    this.pauseNanos = pauseNanos;
  }

  public static Retrying start(long pauseNanos, Supplier<String> attempt) {
    Retrying retrying = new Retrying(attempt, pauseNanos);
    retrying.thread.setDaemon(true);
    retrying.thread.start();
    return retrying;
  }

  private void run() {
    while (!ended) {
      String outcome;
      try {
        outcome = attempt.get();
      } catch (RuntimeException | Error e) {
        outcome = e.toString();
        ended = true;
      }
      remember(outcome);
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }

  private void remember(String outcome) {
    synchronized (runs) {
      int last = runs.size() - 1;
      boolean again = last >= 0 && runs.get(last).outcome().equals(outcome);
      if (again) {
        runs.set(last, new Run(outcome, runs.get(last).times() + 1));
      } else {
        runs.add(new Run(outcome, 1));
      }
      attempts++;
      runs.notifyAll();
    }
  }

  /** Waits until so many more attempts were made. */
  public void awaitMore(int more) {
    synchronized (runs) {
      int wanted = attempts + more;
      await(() -> attempts >= wanted);
    }
  }

  /** Waits for an attempt of that outcome. */
  public void await(String outcome) {
    synchronized (runs) {
      await(() -> !runs.isEmpty() && runs.get(runs.size() - 1).outcome().equals(outcome));
    }
  }

  private void await(Supplier<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.get()) {
      long left = end - System.nanoTime();
      if (left <= 0 || ended) {
        throw new AssertionError("it did not come to that: " + runs);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(runs, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** What happened since the last call. */
  public List<Run> take() {
    synchronized (runs) {
      List<Run> taken = List.copyOf(runs);
      runs.clear();
      return taken;
    }
  }

  /** The kinds of outcome since the last call, in their order. */
  public List<String> takeOutcomes() {
    List<Run> taken = take();
    System.out.println(taken);
    return taken.stream().map(Run::outcome).toList();
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
