package org.uidnet.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.model.Gap;

/**
 * Events on their way to one client. Who has one never waits, for it goes to a backlog; the writer
 * renders and writes some at a time, then lets other streams have their turn.
 *
 * <p>Thread-safe. The writer is one thread, and {@link #round} is called on it.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();

  /** Events in one write. */
  private static final int BATCH = 64;

  private final StreamFormat format;
  private final Client client;
  private final Executor writer;
  private final LongSupplier nanoTime;
  private final Consumer<EventStream> forget;

  /** Guarded by the lock, as all below. */
  private final Backlog backlog;

  private Runnable endSource = () -> {};
  private boolean writing;
  private boolean beating;
  private boolean finishing;
  private boolean ended;
  private long lastWrite;

  /**
   * The other side.
   *
   * @param sink takes one write at a time
   * @param hasGone whether it has closed the connection, asked while nothing is being written
   * @param end told when nothing more will be written, and why
   */
  record Client(Content.Sink sink, BooleanSupplier hasGone, Callback end) {}

  /**
   * Nothing is written yet.
   *
   * @param capacity events that may wait for the client
   * @param forget told at the end
   */
  EventStream(
      StreamFormat format,
      int capacity,
      Client client,
      Executor writer,
      LongSupplier nanoTime,
      Consumer<EventStream> forget) {
    this.format = format;
    this.client = client;
    this.writer = writer;
    this.nanoTime = nanoTime;
    this.forget = forget;
    backlog = new Backlog(capacity);
    lastWrite = nanoTime.getAsLong();
  }

  /**
   * Has the events of a source written, until it ends.
   *
   * @param lastEventId the last event that the client had, if it comes back
   */
  void begin(StreamSource source, Optional<String> lastEventId) {
    Runnable end = source.begin(this, lastEventId);
    if (!endsWith(end)) {
      end.run();
    }
    beat();
  }

  /** False if it has ended already. */
  private synchronized boolean endsWith(Runnable action) {
    endSource = action;
    return !ended;
  }

  /** Has it written soon. */
  void send(StreamEvent event) {
    put(() -> backlog.add(event));
  }

  /** Something is missing; also said soon. */
  void send(Gap gap) {
    put(() -> backlog.add(gap));
  }

  /** Writes what means nothing: a client learns by it that it is connected. */
  private void beat() {
    put(() -> beating = true);
  }

  /** Ends it when what waits is written. */
  void finish() {
    put(() -> finishing = true);
  }

  private void put(Runnable what) {
    synchronized (this) {
      if (ended) {
        return;
      }
      what.run();
    }
    write();
  }

  /** Looks whether the client is still there, and keeps a quiet connection alive. */
  void round() {
    if (isWriting()) {
      return; // finds out by itself
    }
    if (client.hasGone().getAsBoolean()) {
      end(Optional.of(new EofException("the client has closed the connection")));
    } else if (nanoTime.getAsLong() - lastWrite() >= HEARTBEAT_NANOS) {
      beat();
    }
  }

  private synchronized boolean isWriting() {
    return writing;
  }

  private synchronized long lastWrite() {
    return lastWrite;
  }

  private void write() {
    synchronized (this) {
      if (writing || ended) {
        return;
      }
      writing = true;
    }
    writer.execute(this::writeNext);
  }

  private void writeNext() {
    try {
      take().ifPresent(this::write);
    } catch (RuntimeException e) {
      end(Optional.of(e));
    }
  }

  /** What one write carries; only a heartbeat if there are no events. */
  private record Batch(List<StreamEvent> events, boolean last) {}

  /** Empty if there is nothing to write; whoever has something then begins anew. */
  private synchronized Optional<Batch> take() {
    List<StreamEvent> events = backlog.take(BATCH);
    if (ended || (events.isEmpty() && !beating && !finishing)) {
      writing = false;
      return Optional.empty();
    }
    beating = false;
    lastWrite = nanoTime.getAsLong();
    return Optional.of(new Batch(events, finishing && backlog.isEmpty()));
  }

  private void write(Batch batch) {
    Callback then =
        batch.last()
            ? Callback.from(() -> end(Optional.empty()), this::fail)
            : Callback.from(() -> writer.execute(this::writeNext), this::fail);
    client.sink().write(batch.last(), ByteBuffer.wrap(render(batch.events())), then);
  }

  private byte[] render(List<StreamEvent> events) {
    if (events.isEmpty()) {
      return format.heartbeat();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (StreamEvent event : events) {
      try {
        bytes.writeBytes(format.bytes(event));
      } catch (RuntimeException e) {
        LOG.warn("an event '{}' cannot be shown, and is left out of a stream", event.name(), e);
      }
    }
    return bytes.toByteArray();
  }

  private void fail(Throwable cause) {
    end(Optional.of(cause));
  }

  /** Ends it now; an answer that has failed is cut off, so that its client can tell. */
  void end(Optional<Throwable> failure) {
    Runnable end;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      backlog.clear();
      end = endSource;
    }
    end.run();
    forget.accept(this);
    failure.ifPresentOrElse(client.end()::failed, client.end()::succeeded);
  }
}
