package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;

/** Clients that take their time, to keep connections and threads from others. */
class SlowClientTest {
  private static final Duration REQUEST_TIME = Duration.ofSeconds(2);
  private static final AuditEntry CHANGE =
      new AuditEntry(TestServer.NOW, new Author(0, "unix", ""), "chain x", "", "");

  /** Of a kilobyte: more than sockets and backlogs hold. */
  private static final int MANY = 10_000;

  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new TestServer(dir, new Limits(10_000, 10_000, 100, 1000, 10, 100, 20, 100, REQUEST_TIME));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void headersThatComeSlowly_endTheConnection() throws Exception {
    requireEndThoughItDrips(server.connect());
    requireEndThoughItDrips(server.connectUnix());
  }

  /** Each line comes long before a pause would end the connection. */
  private static void requireEndThoughItDrips(SocketChannel connected) throws Exception {
    try (SocketChannel channel = connected) {
      HttpText.write(channel, "GET /v1/health HTTP/1.1\r\n");
      CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(channel));

      assertThat(HttpText.rest(channel)).isEmpty();

      dripping.get(10, TimeUnit.SECONDS);
    }
  }

  /** Until nobody listens. */
  private static void drip(SocketChannel channel) {
    try {
      while (true) {
        HttpText.write(channel, "X: y\r\n");
        Thread.sleep(REQUEST_TIME.toMillis() / 20);
      }
    } catch (IOException | InterruptedException e) {
      // what the test is about
    }
  }

  @Test
  void connectionThatSaysNothing_ends() throws IOException {
    try (SocketChannel channel = server.connect()) {
      assertThat(HttpText.rest(channel)).isEmpty();
    }
  }

  @Test
  void connectionThatIsKept_endsWhenTheNextRequestDoesNotCome() throws IOException {
    try (SocketChannel channel = server.connect()) {
      HttpText.write(
          channel,
          HttpText.request("GET", "/v1/health", "Host: " + server.http(), server.bearer())
              .replace("Connection: close\r\n", ""));

      assertThat(HttpText.rest(channel)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void bodyThatComesSlowly_isNotWaitedFor() throws Exception {
    try (SocketChannel channel = server.connect()) {
      HttpText.write(
          channel,
          HttpText.request(
              "POST",
              "/v1/session",
              "Host: " + server.http(),
              "Content-Type: application/json",
              "Content-Length: 900\r\n\r\n{"));
      CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(channel));

      assertThat(HttpText.rest(channel)).startsWith("HTTP/1.1 400");

      dripping.get(10, TimeUnit.SECONDS);
    }
  }

  /** Streams go on for hours; a request that is being answered is not waited for. */
  @Test
  void stream_goesOnLongerThanARequestMayTake() throws IOException {
    try (SocketChannel channel = server.connect()) {
      HttpText.write(
          channel,
          HttpText.request("GET", "/v1/events", "Host: " + server.http(), server.bearer()));
      assertThat(HttpText.firstBytes(channel, 12)).isEqualTo("HTTP/1.1 200");
      try (SocketChannel later = server.connect()) {
        HttpText.rest(later); // ends when a request would have had to be there
      }
      server.firewall.listeners.forEach(listener -> listener.changed(CHANGE));

      assertThat(HttpText.until(channel, "event: change")).isTrue();
    }
  }

  /** What waits is bounded, so memory is: what was held for the client is what it still gets. */
  @Test
  void streamThatIsNotRead_losesTheOldest_andIsToldHowMany() throws IOException {
    long received = 0;
    long missed = 0;
    try (EventReader events =
        UidnetClient.overSocket(server.socket).events(ApiRequest.events(UsageQuery.NONE))) {
      publish("change", MANY - 1);
      publish("last", 1);
      for (JsonNode event = next(events); !isLast(event); event = next(events)) {
        boolean gap = event.path("cause").asText().equals("SLOW_CLIENT");
        received += gap ? 0 : 1;
        missed += gap ? event.path("count").asLong() : 0;
      }
    }
    assertThat(received + missed).isEqualTo(MANY - 1);
    assertThat(received).isLessThan(MANY / 2);
  }

  private static JsonNode next(EventReader events) throws IOException {
    return events.next().orElseThrow();
  }

  private static boolean isLast(JsonNode event) {
    return event.path("what").asText().equals("last");
  }

  private void publish(String what, int times) {
    AuditEntry entry =
        new AuditEntry(TestServer.NOW, new Author(0, "unix", ""), what, "x".repeat(1000), "");
    for (int i = 0; i < times; i++) {
      server.firewall.listeners.forEach(listener -> listener.changed(entry));
    }
  }

  @Test
  @Tag("long") // half a minute: what Jetty gives a write
  void streamThatIsNeverRead_isCutOff() throws Exception {
    try (SocketChannel channel = server.connectUnix()) {
      HttpText.write(channel, HttpText.request("GET", "/v1/events"));
      assertThat(HttpText.firstBytes(channel, 12)).isEqualTo("HTTP/1.1 200");
      publish("change", MANY);

      CompletableFuture.runAsync(() -> drip(channel)).get(60, TimeUnit.SECONDS);
    }
  }
}
