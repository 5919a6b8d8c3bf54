package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage;

/** {@code GET /v1/usage/stream} over a real server, every second of which 1000 bytes arrive. */
@Timeout(180)
class RateStreamTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
    server.usage.beforeSinceBoot = this::passASecond;
    server.usage.rows = List.of(row(1000, 0), row(1001, 0), row(1002, 7));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void passASecond() {
    server.elapsed.addAndGet(SECOND);
    long seconds = (server.elapsed.get() - TestServer.SINCE_BOOT) / SECOND;
    server.usage.rows = List.of(row(1000, 1000 * seconds), row(1001, seconds), row(1002, 7));
  }

  private static Usage.Row row(long uid, long received) {
    return new Usage.Row(FakeUsage.uid(uid, "u" + uid), new Traffic(received, received, 0, 0));
  }

  private EventReader rates(UsageQuery query) throws IOException {
    return UidnetClient.overSocket(server.socket).events(ApiRequest.rates(query));
  }

  @Test
  void rates_comeEachSecond() throws IOException {
    try (EventReader events = rates(UsageQuery.NONE)) {
      for (int i = 0; i < 2; i++) {
        JsonNode rates = events.next().orElseThrow();
        assertThat(rates.path("event").asText()).isEqualTo("rates");
        assertThat(rates.path("id").asText()).startsWith("boot-1-36");
        assertThat(rates.path("seconds").asDouble()).isEqualTo(1.0);
        assertThat(rates.path("rows")).hasSize(2);
        assertThat(rates.path("rows").path(0).toString())
            .isEqualTo(
                "{\"kind\":\"uid\",\"uid\":1000,\"name\":\"u1000\",\"rxBytesPerSecond\":1000,"
                    + "\"rxPacketsPerSecond\":1000,\"txBytesPerSecond\":0,"
                    + "\"txPacketsPerSecond\":0}");
        assertThat(rates.path("total").path("rxBytesPerSecond").asLong()).isEqualTo(1001);
      }
    }
  }

  @Test
  void otherUid_getsItsOwn() throws IOException {
    server.peer = OptionalLong.of(1001);
    assertThatThrownBy(() -> rates(UsageQuery.NONE)).isInstanceOf(ProblemException.class);

    try (EventReader events = rates(UsageQuery.NONE.uid("self"))) {
      JsonNode rates = events.next().orElseThrow();
      assertThat(rates.path("rows")).hasSize(1);
      assertThat(rates.path("total").path("rxBytesPerSecond").asLong()).isEqualTo(1);
    }
  }

  @Test
  void historyThatFails_costsASecond() throws IOException {
    server.usage.fail(FakeUsage.locked());
    try (EventReader events = rates(UsageQuery.NONE)) {
      server.usage.failure = Optional.empty();

      assertThat(events.next().orElseThrow().path("event").asText()).isEqualTo("rates");
    }
  }
}
