package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/** What a daemon on this kernel tells of the host, while it happens. */
@KernelTest
@Timeout(180)
class EventStreamsTest extends DaemonTest {
  private static final long UID = 31_401;

  private static Predicate<JsonNode> named(String name) {
    return event -> event.path("event").asText().equals(name);
  }

  @Test
  void refusals_changes_andSnapshots_areTold() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket client = sockets.open(UID, "udp", false);
        EventReader events = daemon.client().events(ApiRequest.events(UsageQuery.NONE))) {
      daemon.client().send(ApiRequest.setRule("standby", UID, RuleRequest.DENY));
      daemon.client().send(ApiRequest.setEnabled("standby", true));
      JsonNode change = next(events, named("change"));
      assertThat(change.path("uid").asLong()).isZero();
      assertThat(change.path("transport").asText()).isEqualTo("unix");

      assertThat(client.sendTo("127.0.0.1", 9, 10)).isEqualTo("EPERM");
      JsonNode drop = next(events, named("drop"));
      assertThat(drop.path("uid").asLong()).isEqualTo(UID);
      assertThat(drop.path("reason").asText()).isEqualTo("APP_STANDBY");
      assertThat(drop.path("iface").asText()).isEqualTo("lo");
      assertThat(drop.path("target").asText()).isEqualTo("127.0.0.1:9");

      String asOf = daemon.client().poll().asOf().toString();
      next(events, event -> event.path("asOf").asText().equals(asOf));
    }
  }

  @Test
  void rates_areOfWhatFlowsNow() throws IOException {
    try (Sockets sockets = new Sockets(daemon.traffic());
        Socket server = sockets.server("udp", false);
        Socket client = sockets.open(UID, "udp", false);
        EventReader events =
            daemon.client().events(ApiRequest.rates(UsageQuery.NONE.uid(Long.toString(UID))))) {
      int port = server.port();
      next(events, named("rates")); // there are two samples, and the next rates begin at the second
      for (int i = 0; i < 100; i++) {
        client.sendTo("127.0.0.1", port, 972);
      }

      long bytes = 0;
      while (bytes < 100_000) {
        JsonNode rates = next(events, named("rates"));
        double perSecond = rates.path("total").path("txBytesPerSecond").asDouble();
        bytes += Math.round(perSecond * rates.path("seconds").asDouble());
      }
      assertThat(bytes).isBetween(100_000L, 100_100L);
    }
  }
}
