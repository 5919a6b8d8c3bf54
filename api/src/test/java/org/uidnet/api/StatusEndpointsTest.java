package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.stats.Usage.Work;
import org.uidnet.stats.Usage.WorkKind;

class StatusEndpointsTest {
  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void status_tellsHowFarLongWorkIs() throws IOException {
    server.usage.work =
        List.of(
            new Work(WorkKind.VACUUM, 100, 400, Duration.ofSeconds(2)),
            new Work(WorkKind.EXPORT, 0, 24, Duration.ofMillis(7)));

    assertThat(server.get(0, "/v1/status").json().path("work").toString())
        .isEqualTo(
            "[{\"kind\":\"vacuum\",\"done\":100,\"total\":400,\"runningMillis\":2000,"
                + "\"remainingMillis\":6000},"
                + "{\"kind\":\"export\",\"done\":0,\"total\":24,\"runningMillis\":7}]");
  }

  @Test
  void status_tellsHowManyRowsTheTablesHave() throws IOException {
    assertThat(server.get(0, "/v1/status").json().at("/databases/0/tables").toString())
        .isEqualTo("[{\"name\":\"boots\",\"rows\":3},{\"name\":\"series\",\"rows\":12}]");
  }

  @Test
  void status_tellsHowFarSinksAre() throws IOException {
    assertThat(server.get(0, "/v1/status").json().path("exports").toString())
        .isEqualTo(
            "[{\"sink\":\"postgres\",\"exportedTo\":\"2026-03-01T11:50:00Z\",\"lagSeconds\":600,"
                + "\"waitingBuckets\":2,\"rows\":4000,\"lastSent\":\"2026-03-01T11:50:20Z\","
                + "\"lost\":{\"from\":\"2026-02-01T00:00:00Z\",\"to\":\"2026-02-01T01:00:00Z\"},"
                + "\"trouble\":\"cannot store history in postgresql://db/fleet: …\"}]");
  }

  @Test
  void status_withoutLongWork_saysSo() throws IOException {
    assertThat(server.get(0, "/v1/status").json().path("work").toString()).isEqualTo("[]");
  }
}
