package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.AlertTemplate;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.netd.StateDir;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.World;

/** What an interface was when it carried something, over HTTP. */
class NetworkHistoryTest {
  /** A Saturday: at home until one o'clock, then outside. */
  private static final Instant MORNING = Instant.parse("2026-03-07T08:00:00Z");

  private static final Duration AT_HOME = Duration.ofHours(2);
  private static final Duration MUCH_LATER = Duration.ofHours(6);

  private static final UsageQuery WLAN = UsageQuery.NONE.iface("wlan0");

  @TempDir Path directory;

  private World world;
  private Daemon daemon;
  private UidnetClient client;

  @BeforeEach
  void start() throws IOException {
    var plan = new SimulatedDaemon.Plan(Scenarios.shipped("phone"), 1, Duration.ofDays(1), 1);
    world = new World(plan.scenario(), 1, MORNING);
    StateDir place = StateDir.in(directory);
    daemon =
        Daemon.start(
            plan.platform(world),
            new DaemonConfig(place, Optional.empty(), Duration.ofMinutes(5)),
            world.clock());
    client = UidnetClient.overSocket(place.apiSocket());
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  private JsonNode summary(UsageQuery query) throws IOException {
    return client.json(ApiRequest.summary(query.from("-2d").to("now")));
  }

  private long bytes(UsageQuery query) throws IOException {
    JsonNode total = summary(query).path("total");
    return total.path("rxBytes").asLong() + total.path("txBytes").asLong();
  }

  private long sinceBoot() throws IOException {
    JsonNode total = client.json(ApiRequest.sinceBoot(WLAN)).path("total");
    return total.path("rxBytes").asLong() + total.path("txBytes").asLong();
  }

  @Test
  void change_leavesEarlierBytesWhatTheyWere() throws IOException {
    world.run(AT_HOME);
    long before = sinceBoot();

    client.send(
        ApiRequest.setInterface(
            "wlan0", InterfaceFacts.PLAIN.withMetered(true).withNetwork("Home, sweet")));

    assertThat(bytes(WLAN.metered(false))).isEqualTo(before).isPositive();
    assertThat(bytes(WLAN.metered(true))).isZero();
    world.run(AT_HOME);
    client.poll();
    assertThat(bytes(WLAN.metered(false))).isEqualTo(before);
    assertThat(bytes(WLAN.metered(true))).isEqualTo(sinceBoot() - before).isPositive();
    assertThat(bytes(UsageQuery.NONE.network("Home*").type("wifi")))
        .isEqualTo(sinceBoot() - before);
    assertThat(bytes(UsageQuery.NONE.network("Home"))).isZero();
  }

  @Test
  void networks_areToldApartByTypeAndDefault() throws IOException {
    world.run(MUCH_LATER);
    client.poll();
    JsonNode rows = summary(UsageQuery.NONE.by("type,iface")).path("rows");
    assertThat(rows)
        .extracting(row -> row.path("iface").asText() + " is " + row.path("type").asText())
        .contains("wlan0 is wifi", "rmnet0 is mobile");
    long all = bytes(UsageQuery.NONE);
    assertThat(bytes(UsageQuery.NONE.type("wifi")) + bytes(UsageQuery.NONE.type("mobile,none")))
        .isEqualTo(all);
    assertThat(bytes(UsageQuery.NONE.with("default", "true"))).isPositive();
    assertThat(
            bytes(UsageQuery.NONE.with("default", "true"))
                + bytes(UsageQuery.NONE.with("default", "false")))
        .isEqualTo(all);
  }

  @Test
  void liveAnswers_knowNetworksToo() throws IOException {
    world.run(AT_HOME);
    client.send(ApiRequest.setInterface("wlan0", InterfaceFacts.PLAIN.withMetered(true)));
    long before = sinceBoot();
    world.run(Duration.ofMinutes(4));
    JsonNode rows =
        client.json(ApiRequest.sinceBoot(UsageQuery.NONE.by("type").metered(true))).path("rows");
    assertThat(rows).hasSize(1);
    assertThat(rows.path(0).path("type").asText()).isEqualTo("wifi");
    assertThat(rows.path(0).path("rxBytes").asLong() + rows.path(0).path("txBytes").asLong())
        .isEqualTo(sinceBoot() - before)
        .isPositive();
  }

  @Test
  void alert_isToldOnceMoreThanItsThresholdWasUsed() throws IOException {
    client.send(
        ApiRequest.addAlert(
            new AlertTemplate(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("wifi")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            1_000_000));
    try (EventReader events = client.events(ApiRequest.events(UsageQuery.NONE))) {
      world.run(AT_HOME);
      client.poll();
      JsonNode event = events.next().orElseThrow();
      while (!event.path("event").asText().equals("alert")) {
        event = events.next().orElseThrow();
      }
      assertThat(event.path("alert").path("usedBytes").asLong()).isGreaterThan(1_000_000);
    }
    assertThat(client.send(ApiRequest.alerts()).alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.template().types()).contains(List.of("wifi")));
  }
}
