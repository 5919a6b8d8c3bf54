package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;
import static org.uidnet.netd.firewall.FirewallHost.bytes;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.QuotaCycle;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.QuotaTemplate;
import org.uidnet.api.model.UsageRow;
import org.uidnet.api.model.UsageSummary;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Traffic;

/** What a UID's VPN carries is its apps', and is counted once. */
@KernelTest
@Timeout(120)
class VpnTest {
  private static final long OWNER = OTHER;
  private static final String FAR_END = "10.78.0.2";
  private static final int PORT = 5001;
  private static final long BYTES = 1_000_000;

  /** Multicast reports, which the hooks do not see. */
  private static final long STRANGERS = 1000;

  private FirewallHost host;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.startedWithVpn("fwvpn", OWNER);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  private void send() {
    host.openVpn(OWNER);
    try (Traffic.Server server = host.serving().serve("tcp-serve", FAR_END, PORT)) {
      host.traffic(UID).run("tcp-send", FAR_END, PORT, BYTES);
      assertThat(server.bytes()).isEqualTo(BYTES);
    }
  }

  private UsageSummary summary() throws IOException {
    host.client().poll();
    return host.send(ApiRequest.summary(UsageQuery.NONE.from("-1h").by("uid,iface")));
  }

  private static UsageRow row(UsageSummary summary, long uid, String iface) {
    return summary.rows().stream()
        .filter(row -> row.uid().equals(Optional.of(uid)))
        .filter(row -> row.iface().equals(Optional.of(iface)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %d on %s: %s".formatted(uid, iface, summary)));
  }

  @Test
  void whatItCarries_isItsAppsBelow_andWhatItAddsIsItsOwn() throws IOException {
    send();
    UsageSummary summary = summary();
    UsageRow inside = row(summary, UID, "tun0");
    UsageRow below = row(summary, UID, "veth0");
    UsageRow owner = row(summary, OWNER, "veth0");
    assertThat(inside.inner()).contains(true);
    assertThat(inside.traffic().txBytes()).isGreaterThan(BYTES);
    assertThat(bytes(below.traffic())).isEqualTo(bytes(inside.traffic()));
    assertThat(owner.traffic().txBytes()).isBetween(1L, BYTES / 10);
    assertThat(summary.total()).isEqualTo(below.traffic().plus(owner.traffic()));
    assertThat(bytes(summary.total()))
        .isBetween(host.bytesOnWire() - STRANGERS, host.bytesOnWire());
  }

  @Test
  void quotaOfAll_isUsedByWhatLeavesTheHost() throws IOException {
    var everything =
        new QuotaTemplate(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    var request =
        new QuotaRequest(
            Optional.of(everything),
            Optional.of(QuotaCycle.every("P1D", "now")),
            Optional.empty(),
            Optional.of(100 * BYTES),
            Optional.empty());
    assertThat(host.send(ApiRequest.setQuota("all", request)).change().problems()).isEmpty();
    send();
    assertThat(host.send(ApiRequest.quota("all")).used()).isEqualTo(bytes(summary().total()));
  }
}
