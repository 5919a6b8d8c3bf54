package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final String BEGINNING_OF_A_BODY =
      "POST /v1/alerts HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
          + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n";

  @TempDir Path dir;

  @Test
  void tokens_comeBackWithTime() {
    var nanos = new AtomicLong();
    var limiter = new RateLimiter(2, 3, nanos::get);

    assertThat(List.of(take(limiter), take(limiter), take(limiter), take(limiter)))
        .containsExactly(true, true, true, false);
    nanos.addAndGet(499_000_000);
    assertThat(take(limiter)).isFalse();
    nanos.addAndGet(1_000_000);
    assertThat(take(limiter)).isTrue();
    assertThat(take(limiter)).isFalse();
    nanos.addAndGet(60_000_000_000L);
    assertThat(List.of(take(limiter), take(limiter), take(limiter), take(limiter)))
        .containsExactly(true, true, true, false);
  }

  @Test
  void keys_doNotShareTokens_andAreForgottenWhenFull() {
    var nanos = new AtomicLong();
    var limiter = new RateLimiter(1, 1, nanos::get);

    for (long uid = 0; uid < 5000; uid++) {
      assertThat(limiter.tryTake(uid)).isTrue();
      nanos.addAndGet(10_000_000);
    }

    assertThat(limiter.size()).isLessThanOrEqualTo(1024);
  }

  @Test
  void tooManyRequests_are429WithRetryAfter_exceptForAdmins() throws IOException {
    try (var server = new TestServer(dir, new Limits(1, 2, 100, 1000, 1, 2, 9, 9, SECOND))) {
      server.get(1234, "/v1/health");
      server.get(1234, "/v1/health");

      var third = server.get(1234, "/v1/health");

      assertThat(third.status()).isEqualTo(429);
      assertThat(third.header("Retry-After")).contains("1");
      assertThat(third.detail()).isEqualTo("Too many requests; wait a second.");
      assertThat(server.get(1235, "/v1/health").status()).isEqualTo(200);
      for (int i = 0; i < 5; i++) {
        assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void tooManyConnections_ofOneUid_are429_andFarTooManyAreClosed() throws Exception {
    List<SocketChannel> open = new ArrayList<>();
    try (var server = new TestServer(dir, new Limits(100, 100, 2, 1000, 1, 2, 9, 9, SECOND))) {
      server.peer = OptionalLong.of(1234);
      for (int i = 0; i < 8; i++) {
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.socket));
        open.add(channel);
        HttpText.write(channel, "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(HttpText.firstBytes(channel, 12)).isEqualTo("HTTP/1.1 " + (i < 2 ? 200 : 429));
      }
      try (var ninth = SocketChannel.open(UnixDomainSocketAddress.of(server.socket))) {
        assertThat(HttpText.firstBytes(ninth, 12)).isEmpty();
      }
      assertThat(server.get(1235, "/v1/health").status()).isEqualTo(200);
      assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  @Test
  void tooManyConnections_overTcp_wait() throws Exception {
    try (var server = new TestServer(dir, new Limits(100, 100, 2, 1000, 1, 2, 9, 1, LONG))) {
      String request =
          HttpText.request("GET", "/v1/health", "Host: " + server.http(), server.bearer());
      SocketChannel second;
      try (var first = server.connect()) {
        HttpText.write(first, request.replace("Connection: close\r\n", ""));
        assertThat(HttpText.firstBytes(first, 12)).isEqualTo("HTTP/1.1 200");
        second = server.connect();
        HttpText.write(second, request);
        assertThat(hasAnswer(second)).isFalse();
      }
      try (second) {
        assertThat(HttpText.firstBytes(second, 12)).isEqualTo("HTTP/1.1 200");
      }
    }
  }

  private static boolean hasAnswer(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    int bytes = channel.read(ByteBuffer.allocate(1));
    channel.configureBlocking(true);
    return bytes != 0;
  }

  @Test
  void places_areSomeForEach_andSomeForAllTogether_andAnyNumberForAdmins() {
    Places places = new Places(2, 3);
    Places.Place first = places.take(user(1));
    places.take(user(1));

    assertThatThrownBy(() -> places.take(user(1)))
        .hasMessage("Too many requests are being answered at once; wait for some.");
    places.take(user(2));
    assertThatThrownBy(() -> places.take(user(3))).isInstanceOf(Refusal.class);
    assertThat(places.take(Caller.adminToken())).isNotNull();

    first.close();
    assertThat(places.take(user(3))).isNotNull();
  }

  private static Caller user(long uid) {
    return Caller.peer(uid, Caller.Role.USER);
  }

  /** Whose bodies do not come keep threads; there are always some for others. */
  @Test
  void slowBodiesOfOneUid_keepNobodyElseOut() throws Exception {
    List<SocketChannel> slow = new ArrayList<>();
    try (var server = new TestServer(dir, new Limits(100, 100, 40, 1000, 1, 2, 2, 9, LONG))) {
      server.peer = OptionalLong.of(1234);
      for (int i = 0; i < 2; i++) {
        slow.add(SocketChannel.open(UnixDomainSocketAddress.of(server.socket)));
        HttpText.write(slow.get(i), BEGINNING_OF_A_BODY);
        assertThat(HttpText.firstBytes(slow.get(i), 12)).isEqualTo("HTTP/1.1 100"); // it is read
      }

      assertThat(server.get(1234, "/v1/health").status()).isEqualTo(429);
      assertThat(server.get(1235, "/v1/health").status()).isEqualTo(200);
      assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
    } finally {
      for (SocketChannel channel : slow) {
        channel.close();
      }
    }
  }

  private static boolean take(RateLimiter limiter) {
    return limiter.tryTake(7);
  }
}
