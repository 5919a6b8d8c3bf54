package org.uidnet.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** One stream, its writer and its clock stepped by hand. */
class EventStreamTest {
  private static final int CAPACITY = 100;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Wire wire = new Wire();
  private final List<String> ends = new ArrayList<>();
  private long nanos;
  private boolean gone;
  private final EventStream stream =
      new EventStream(
          StreamFormat.JSON_LINES,
          CAPACITY,
          new EventStream.Client(
              wire,
              () -> gone,
              Callback.from(() -> ends.add("served"), e -> ends.add("failed: " + e.getMessage()))),
          tasks::add,
          () -> nanos,
          ended -> ends.add("forgotten"));

  /** Keeps what is written; a write ends when the test says so. */
  private static final class Wire implements Content.Sink {
    private final StringBuilder text = new StringBuilder();
    private final Queue<Callback> pending = new ArrayDeque<>();
    private boolean last;

    @Override
    public void write(boolean isLast, ByteBuffer bytes, Callback callback) {
      assertThat(pending).as("writes at once").isEmpty();
      text.append(UTF_8.decode(bytes));
      last = isLast;
      pending.add(callback);
    }

    String take() {
      String taken = text.toString();
      text.setLength(0);
      return taken;
    }
  }

  private void begin() {
    stream.begin((to, lastEventId) -> () -> ends.add("source"), Optional.empty());
    runTasks();
    finishWrite();
    wire.take();
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void finishWrite() {
    wire.pending.remove().succeeded();
    runTasks();
  }

  private void send(int number) {
    stream.send(StreamEvent.of("n", "b-" + number, () -> List.of()));
  }

  private void sendBody(String body) {
    stream.send(new StreamEvent("n", Optional.empty(), () -> new Body(body)));
  }

  private record Body(String text) {}

  private static String line(String body) {
    return "{\"event\":\"n\",\"text\":\"" + body + "\"}\n";
  }

  @Test
  void begin_writesAtOnce_soThatTheClientKnows() {
    stream.begin((to, lastEventId) -> () -> {}, Optional.empty());
    runTasks();

    assertThat(wire.take()).isEqualTo("\n");
  }

  @Test
  void send_doesNotWriteOnTheCallersThread() {
    begin();

    sendBody("a");

    assertThat(wire.take()).isEmpty();
    runTasks();
    assertThat(wire.take()).isEqualTo(line("a"));
  }

  @Test
  void eventsDuringAWrite_goTogetherWithTheNext() {
    begin();
    sendBody("a");
    runTasks();
    sendBody("b");
    sendBody("c");
    runTasks();
    assertThat(wire.take()).isEqualTo(line("a"));

    finishWrite();

    assertThat(wire.take()).isEqualTo(line("b") + line("c"));
  }

  @Test
  void eventBetweenTwoWrites_isNotForgotten() {
    begin();
    sendBody("a");
    runTasks();
    finishWrite();
    wire.take();

    sendBody("b");
    runTasks();

    assertThat(wire.take()).isEqualTo(line("b"));
  }

  @Test
  void slowClient_isToldWhatItMissed() {
    begin();
    sendBody("first");
    runTasks();
    for (int i = 0; i < CAPACITY + 7; i++) {
      sendBody("x");
    }
    wire.take();

    finishWrite();

    assertThat(wire.take())
        .startsWith("{\"event\":\"gap\",\"cause\":\"SLOW_CLIENT\",\"count\":7}\n" + line("x"));
  }

  @Test
  void bodyThatCannotBeShown_isLeftOut() {
    begin();
    stream.send(
        StreamEvent.of(
            "n",
            "b-1",
            () -> {
              throw new IllegalStateException("for the test");
            }));
    sendBody("b");
    runTasks();

    assertThat(wire.take()).isEqualTo(line("b"));
  }

  @Test
  void heartbeat_comesAfterFifteenQuietSeconds_andAgain() {
    begin();
    pass(Duration.ofMillis(14_999));
    assertThat(wire.take()).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(wire.take()).isEqualTo("\n");
    finishWrite();

    pass(Duration.ofSeconds(14));
    assertThat(wire.take()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(wire.take()).isEqualTo("\n");
  }

  @Test
  void heartbeat_isNotNeededWhereThereAreEvents() {
    begin();
    pass(Duration.ofSeconds(10));
    sendBody("a");
    runTasks();
    finishWrite();
    wire.take();

    pass(Duration.ofSeconds(10));

    assertThat(wire.take()).isEmpty();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    stream.round();
    runTasks();
  }

  @Test
  void clientThatHasGone_endsIt() {
    begin();
    gone = true;

    stream.round();

    assertThat(ends)
        .containsExactly("source", "forgotten", "failed: the client has closed the connection");
  }

  @Test
  void clientThatGoesDuringAWrite_isFoundByTheWrite() {
    begin();
    sendBody("a");
    runTasks();
    gone = true;
    stream.round();
    assertThat(ends).isEmpty();

    wire.pending.remove().failed(new EofException("broken pipe"));

    assertThat(ends).containsExactly("source", "forgotten", "failed: broken pipe");
  }

  @Test
  void ended_itTakesNothingMore_andEndsOnce() {
    begin();
    stream.end(Optional.of(new IOException("over")));
    send(1);
    stream.finish();
    stream.end(Optional.empty());
    runTasks();

    assertThat(wire.take()).isEmpty();
    assertThat(ends).containsExactly("source", "forgotten", "failed: over");
  }

  @Test
  void finish_writesWhatWaits_andThenTheEnd() {
    begin();
    sendBody("a");
    runTasks();
    sendBody("b");
    stream.finish();
    finishWrite();
    assertThat(wire.take()).isEqualTo(line("a") + line("b"));
    assertThat(wire.last).isTrue();

    finishWrite();

    assertThat(ends).containsExactly("source", "forgotten", "served");
  }

  @Test
  void sourceThatBeginsTooLate_isEndedAtOnce() {
    stream.begin(
        (to, lastEventId) -> {
          to.end(Optional.empty());
          return () -> ends.add("source");
        },
        Optional.empty());
    runTasks();

    assertThat(ends).containsExactly("forgotten", "served", "source");
    assertThat(wire.take()).isEmpty();
  }
}
