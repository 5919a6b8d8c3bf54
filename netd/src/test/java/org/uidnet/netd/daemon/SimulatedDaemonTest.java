package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.HostPort;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.tags.TagConfig;
import org.uidnet.simulator.scenario.Scenarios;

class SimulatedDaemonTest {
  /** Some hours before the first moment at which this phone may reboot, on a Sunday. */
  private static final Instant NIGHT = Instant.parse("2026-03-07T23:54:00Z");

  private static final Duration PAST = Duration.ofDays(1);
  private static final int SPEED = 3600;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  private SimulatedDaemon daemon() {
    var plan = new SimulatedDaemon.Plan(Scenarios.shipped("phone"), 1, PAST, SPEED);
    var config =
        new DaemonConfig(
            StateDir.in(directory),
            Optional.of(new HostPort("127.0.0.1", 0)),
            Duration.ofMinutes(1),
            Profile.ANDROID,
            Set.of(999L),
            TagConfig.DEFAULT,
            AttributionConfig.NONE,
            BackgroundConfig.DEFAULT,
            Long.MAX_VALUE,
            InputConfig.NONE,
            FleetConfig.NONE);
    return new SimulatedDaemon(plan, config, (done, all) -> {}, NIGHT);
  }

  @Test
  void goesOn_throughAReboot() throws IOException, InterruptedException {
    try (SimulatedDaemon daemon = daemon()) {
      daemon.makeHistory();
      assertThat(daemon.clock().instant()).isEqualTo(NIGHT);
      daemon.goOn(NIGHT);
      Optional<HostPort> http = daemon.http();
      UidnetClient client = UidnetClient.overSocket(StateDir.in(directory).apiSocket());
      assertThat(client.json(ApiRequest.health()).path("backend").asText()).isEqualTo("simulator");
      assertThat(client.json(ApiRequest.status()).path("maps")).hasSizeGreaterThan(5);

      await(() -> daemon.boots() == 2);

      assertThat(daemon.http()).isEqualTo(http).isPresent();
      Instant boot = Instant.parse(sinceBoot(client).path("bootTime").asText());
      assertThat(boot).isAfter(NIGHT).isEqualTo(daemon.bootTime());
      await(() -> daemon.clock().instant().isAfter(boot.plus(Duration.ofHours(4))));
      client.poll();
      JsonNode summary = client.json(ApiRequest.summary(UsageQuery.NONE.from(boot.toString())));
      assertThat(summary.path("total").path("rxPackets").asLong()).isPositive();
      assertThat(client.json(ApiRequest.health()).path("problems")).isEmpty();
    }
    assertThat(StateDir.in(directory).apiSocket()).doesNotExist();
  }

  private static JsonNode sinceBoot(UidnetClient client) throws IOException {
    return client.json(ApiRequest.sinceBoot(UsageQuery.NONE));
  }

  @Test
  void close_whileThePastIsMade_endsSoon() throws InterruptedException {
    SimulatedDaemon daemon = daemon();
    Thread making = new Thread(daemon::makeHistory);
    try (daemon) {
      making.start();
    }
    making.join(PATIENCE.toMillis());
    assertThat(making.isAlive()).isFalse();
    assertThat(daemon.boots()).isZero();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
