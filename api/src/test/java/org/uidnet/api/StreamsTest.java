package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class StreamsTest {
  @Test
  void lastStreamThatEnds_pausesTheWork() throws InterruptedException {
    var paused = new CountDownLatch(1);
    try (var streams = new Streams(Limits.DEFAULT, System::nanoTime)) {
      streams.eachSecond(() -> {}, paused::countDown);
      EventStream first = open(streams);
      EventStream last = open(streams);

      streams.forget(first);
      assertThat(paused.getCount()).isEqualTo(1);
      streams.forget(last);

      assertThat(paused.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static EventStream open(Streams streams) {
    var client =
        new EventStream.Client(
            (last, bytes, callback) -> callback.succeeded(), () -> false, Callback.NOOP);
    return streams.open(Caller.adminToken(), StreamFormat.JSON_LINES, 8, client);
  }
}
