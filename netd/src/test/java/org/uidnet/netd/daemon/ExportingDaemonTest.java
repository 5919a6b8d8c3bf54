package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.fleet.PostgresTarget;
import org.uidnet.netd.StateDir;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/** The whole daemon sends what it counted; what it sends, fleet's tests look at. */
class ExportingDaemonTest {
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final int OK = 200;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path directory;

  private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
  private HttpServer collector;

  @BeforeEach
  void startCollector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/metrics", this::receive);
    collector.start();
  }

  @AfterEach
  void stopCollector() {
    collector.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(exchange.getRequestBody().readAllBytes().length);
      exchange.sendResponseHeaders(OK, -1);
    }
  }

  /** The database is one that nobody serves. */
  private FleetConfig fleet() {
    return new FleetConfig(
        "host",
        Optional.of(PostgresTarget.parse("postgresql://uidnet@127.0.0.1:1/fleet")),
        Optional.empty(),
        Optional.of(
            URI.create(
                "http://127.0.0.1:%d/v1/metrics".formatted(collector.getAddress().getPort()))),
        Optional.empty(),
        Duration.ofDays(7));
  }

  private Daemon start(World world, FleetConfig fleet) throws IOException {
    Scenario scenario = Scenarios.shipped("phone");
    return Daemon.start(
        new SimulatedPlatform(world, scenario.limits(), 1),
        new DaemonConfig(StateDir.in(directory), Optional.empty(), Duration.ofMinutes(5))
            .withFleet(fleet),
        world.clock());
  }

  @Test
  void daemon_sendsWhatItCounted_andTellsOfWhoIsAway() throws Exception {
    World world = new World(Scenarios.shipped("phone"), 1, START);
    try (Daemon daemon = start(world, FleetConfig.NONE)) {
      world.run(Duration.ofMinutes(30));
      daemon.usage().poll();
    }
    try (Daemon daemon = start(world, fleet())) {
      assertThat(received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPositive();
      await(daemon);
      JsonNode exports = client().json(ApiRequest.status()).path("exports");
      assertThat(exports.findValuesAsText("sink")).containsExactly("postgres", "otlp");
      assertThat(exports.path(0).path("waitingBuckets").asLong()).isPositive();
      assertThat(exports.path(0).path("trouble").asText())
          .contains("127.0.0.1:1", "see that it runs");
      assertThat(exports.path(1).path("trouble").isMissingNode()).isTrue();
      assertThat(client().json(ApiRequest.health()).path("problems").toString())
          .contains("not sent to postgres")
          .doesNotContain("127.0.0.1");
    }
  }

  private UidnetClient client() {
    return UidnetClient.overSocket(StateDir.in(directory).apiSocket());
  }

  /** Until the database was tried, too. */
  private static void await(Daemon daemon) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (daemon.health().problems().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }
}
