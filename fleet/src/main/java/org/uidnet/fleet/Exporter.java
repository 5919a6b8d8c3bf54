package org.uidnet.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress;
import org.uidnet.stats.ExportQueue;

/**
 * Moves history from its queue to one sink: the queue forgets a batch only when the sink has it, so
 * whatever fails, at worst the sink gets the same again.
 *
 * <p>One thread does the rounds, any may ask for the status.
 */
public final class Exporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  /** Some hundred KB on the wire. */
  private static final int ROWS = 2_000;

  /** Refusals of an hour become known a little after its end. */
  private static final Duration BLOCKED_LATE = Duration.ofMinutes(30);

  /** Buckets end everywhere at the same moment; hosts do not send them at the same moment. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(20);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** A loss stays a problem for so long. */
  private static final Duration LOSS_IS_NEWS = Duration.ofDays(7);

  private final String host;
  private final String name;
  private final Sink sink;
  private final ExportQueue queue;
  private final BlockedTraffic blocked;
  private final Clock clock;
  private final Backoff backoff;

  private volatile boolean closed;
  private volatile Optional<ExportProgress> progress = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Optional<Instant> lastSent = Optional.empty();
  private final AtomicLong rows = new AtomicLong();

  Exporter(
      String host,
      String name,
      Sink sink,
      ExportQueue queue,
      BlockedTraffic blocked,
      Clock clock,
      Backoff backoff) {
    this.host = host;
    this.name = name;
    this.sink = sink;
    this.queue = queue;
    this.blocked = blocked;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** What the sink is called in the configuration: {@code postgres}. */
  public String name() {
    return name;
  }

  /** Sends a batch, if there is one; answers how long to wait for the next. */
  public Duration round() {
    if (closed) {
      return LONGEST_PAUSE;
    }
    try {
      Optional<ExportBatch> batch = queue.next(ROWS);
      progress = Optional.of(queue.progress());
      if (batch.isEmpty()) {
        return backoff.between(LEAST_PAUSE, LONGEST_PAUSE);
      }
      send(batch.get());
      return Duration.ZERO;
    } catch (SinkException e) {
      return failed(e, e.retryAfter());
    } catch (RuntimeException e) { // of history, of the firewall, of a library
      return failed(e, Optional.empty());
    }
  }

  private void send(ExportBatch batch) throws SinkException {
    sink.send(
        new Shipment(
            host,
            batch,
            blocked.between(batch.from().minus(BLOCKED_LATE), batch.to()),
            progress.flatMap(ExportProgress::lost)));
    queue.sent(batch);
    progress = Optional.of(queue.progress());
    lastSent = Optional.of(clock.instant());
    rows.addAndGet(batch.rows().size());
    backoff.reset();
    trouble.ifPresent(message -> LOG.info("no longer: {}", message));
    trouble = Optional.empty();
  }

  private Duration failed(Exception failure, Optional<Duration> retryAfter) {
    String message = String.valueOf(failure.getMessage());
    if (!trouble.equals(Optional.of(message))) {
      LOG.warn("{}", message);
    }
    trouble = Optional.of(message);
    Duration wait = backoff.next();
    return retryAfter.filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
  }

  /** How far the sink is, as of the last round. */
  public ExportStatus status() {
    return new ExportStatus(
        name,
        progress.map(ExportProgress::to),
        progress.map(ExportProgress::waiting).orElse(0L),
        rows.get(),
        lastSent,
        progress.flatMap(ExportProgress::lost),
        trouble);
  }

  /** For everybody to read: no addresses, which the status has. */
  public Optional<String> problem() {
    return trouble
        .map(message -> behind())
        .or(() -> progress.flatMap(ExportProgress::lost).filter(this::isNews).map(this::text));
  }

  private String behind() {
    return "history is not sent to "
        + name
        + progress.map(known -> " from " + known.to() + " on").orElse("")
        + ": uidnet status says why; it is tried again, and kept meanwhile for as long as"
        + " --export-keep says";
  }

  private boolean isNews(ExportProgress.Lost lost) {
    return lost.to().plus(LOSS_IS_NEWS).isAfter(clock.instant());
  }

  private String text(ExportProgress.Lost lost) {
    return name
        + " will never have history from "
        + lost.from()
        + " to "
        + lost.to()
        + ", which was deleted while it was away; raise --export-keep (and --history-max-size, if"
        + " set) for the next time";
  }

  /** From any thread: a round that waits for the sink fails at once. */
  @Override
  public void close() {
    closed = true;
    sink.close();
  }
}
