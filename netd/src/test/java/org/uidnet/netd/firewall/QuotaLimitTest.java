package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.QuotaCycle;
import org.uidnet.api.model.QuotaDocument;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.QuotaTemplate;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.Traffic;

/** A limit holds to the packet, whatever becomes of the daemon. */
@KernelTest
@Timeout(120)
class QuotaLimitTest {
  private static final long LIMIT = 10_000_000;
  private static final int PORT = 5001;

  /** A GSO packet with a header for each of its segments, for each CPU, and neighbour discovery. */
  private static final long BEYOND =
      Runtime.getRuntime().availableProcessors() * (65_536 + 46 * 66) + 4096;

  private FirewallHost host;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.startedOverPlainWire("fwquota");
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  private void limit(QuotaCycle cycle, long bytes) throws IOException {
    var template =
        new QuotaTemplate(Optional.of(UID), Optional.empty(), Optional.empty(), Optional.empty());
    var request =
        new QuotaRequest(
            Optional.of(template),
            Optional.of(cycle),
            Optional.empty(),
            Optional.of(bytes),
            Optional.empty());
    assertThat(host.send(ApiRequest.setQuota("stream", request)).change().problems()).isEmpty();
  }

  private QuotaDocument quota() throws IOException {
    return host.send(ApiRequest.quota("stream"));
  }

  private void stream(long bytes) {
    try (Traffic.Server server = host.serving().serve("tcp-serve", host.serverAddress(), PORT)) {
      host.traffic(UID).run("tcp-send", host.serverAddress(), PORT, bytes);
      assertThat(server.bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void stream_overItsLimit_endsWithinAPacketOfIt_alsoAcrossAKill() throws IOException {
    limit(QuotaCycle.every("P1D", "now"), LIMIT);
    long before = host.bytesOnWire();
    stream(3_000_000);
    host.kill();
    stream(3_000_000);
    host.start();
    assertThat(quota().used()).isBetween(6_000_000L, 7_000_000L);
    assertThatThrownBy(() -> stream(50_000_000)).isInstanceOf(AssertionError.class);
    assertThat(host.bytesOnWire() - before).isBetween(LIMIT, LIMIT + BEYOND);
    assertThat(quota().state().name()).isEqualTo("EXCEEDED");
  }

  @Test
  void limitReached_stopsItsUidOnly_untilTheNextCycle() throws IOException {
    limit(QuotaCycle.every("PT5S", "now"), 100_000);
    try (Sockets clients = host.clients();
        Sockets servers = host.servers();
        Socket listener = servers.server("tcp", false)) {
      assertThatThrownBy(() -> stream(1_000_000)).isInstanceOf(AssertionError.class);
      assertThat(host.tryConnect(clients, listener, OTHER)).isEqualTo("ok");
      String answer = host.tryConnect(clients, listener, UID);
      while (!answer.equals("ok")) { // until the cycle that began with the quota has ended
        assertThat(answer).isEqualTo("ECONNABORTED");
        answer = host.tryConnect(clients, listener, UID);
      }
      assertThat(quota().used()).isLessThan(100_000);
    }
  }
}
