package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.NOBODYS_PORT;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.SOON;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.DropReport;
import org.uidnet.firewall.Verdict.RefusedBy;
import org.uidnet.netd.firewall.FirewallHost.Connection;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Retrying;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.programs.DropId.Call;

/** What real sockets meet after a change over HTTP, and what the daemon says of it. */
@KernelTest
@Timeout(60)
class EnforcementTest {
  private static final String BLOCKED = "EPERM";
  private static final String THROUGH = "ECONNREFUSED";
  private static final Map<String, String> NOW = Map.of();

  /** Others, who must not be cut off by an allowlist: the daemon ends connections host-wide. */
  private static final List<Long> NEIGHBOURS = LongStream.range(1000, 31_000).boxed().toList();

  private FirewallHost host;
  private Sockets clients;
  private Socket listener;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.started("fwhttp");
    clients = host.clients();
    listener = host.servers().server("tcp", false);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  private Change enable(String chain) throws IOException {
    return host.send(ApiRequest.setEnabled(chain, true)).change();
  }

  @Test
  void allowlist_enabled_refusesUnlistedUidsAtOnce() throws IOException {
    List<Long> listed = new ArrayList<>(NEIGHBOURS);
    listed.add(OTHER);
    host.send(ApiRequest.replaceUids("dozable", listed));
    try (Socket udp = clients.open(UID, "udp", false);
        Socket others = clients.open(OTHER, "udp", false)) {
      assertThat(udp.sendTo(host.serverAddress(), NOBODYS_PORT, 5)).isEqualTo("5");

      enable("dozable");

      assertThat(host.tryConnect(clients, listener, UID)).isEqualTo(BLOCKED);
      assertThat(udp.sendTo(host.serverAddress(), NOBODYS_PORT, 5)).isEqualTo(BLOCKED);
      assertThat(host.tryConnect(clients, listener, OTHER)).isEqualTo("ok");
      assertThat(others.sendTo(host.serverAddress(), NOBODYS_PORT, 5)).isEqualTo("5");
    }
    host.assertBlocked(UID, NOW, RefusedBy.CONNECT, "dozable");
    assertThat(host.verdict(OTHER, NOW).blocked()).isFalse();
    assertDrops(Call.CONNECT, 1, 0);
    assertDrops(Call.EGRESS, 1, 33);
  }

  /** Only of the blocked UID, and under the reason that the verdict gives. */
  private void assertDrops(Call call, long packets, long bytes) throws IOException {
    UsageQuery hour = UsageQuery.NONE.from("-1h").to("now");
    DropReport report = host.send(ApiRequest.drops(hour));
    assertThat(report.rows())
        .allSatisfy(row -> assertThat(row.uid()).contains(UID))
        .filteredOn(row -> row.direction() == call)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(host.verdict(UID, NOW).reasons()).containsExactly(row.reason());
              assertThat(row.drop().packets()).isEqualTo(packets);
              assertThat(row.drop().bytes()).isEqualTo(bytes);
            });
  }

  @Test
  void denylist_enabled_endsTheConnectionsOfItsUidsAndNoOthers() throws IOException {
    host.send(ApiRequest.replaceUids("standby", List.of(UID)));
    try (Connection wanted = host.connect(clients, listener, UID);
        Connection other = host.connect(clients, listener, OTHER)) {
      Change change = enable("standby");

      assertThat(wanted.client().receive(SOON)).isEqualTo("ECONNABORTED");
      assertThat(change.destroyedSockets()).isEqualTo(1);
      other.assertCarries();
      assertThat(host.tryConnect(clients, listener, UID)).isEqualTo(BLOCKED);
    }
    host.assertBlocked(UID, NOW, RefusedBy.CONNECT, "standby");
    host.send(ApiRequest.setEnabled("standby", false));
    assertThat(host.tryConnect(clients, listener, UID)).isEqualTo("ok");
    assertThat(host.verdict(UID, NOW).blocked()).isFalse();
  }

  @Test
  void block_forTwoSeconds_isOverThen() throws IOException {
    try (Retrying knocking = knocking()) {
      knocking.await(THROUGH);

      assertThat(host.command("block", Long.toString(UID), "--for", "2s")).isZero();

      knocking.await(BLOCKED);
      knocking.await(THROUGH);
      assertThat(knocking.takeOutcomes()).containsExactly(THROUGH, BLOCKED, THROUGH);
    }
  }

  private Retrying knocking() {
    Sockets knockers = host.clients();
    return Retrying.start(5_000_000, () -> host.knock(knockers, UID));
  }

  private Change enableToBeConfirmed() throws IOException {
    host.send(ApiRequest.replaceUids("standby", List.of(UID)));
    var request = ApiRequest.setEnabled("standby", true).confirmedWithin("2s");
    return host.send(request).change();
  }

  @Test
  void change_notConfirmed_isUndone() throws IOException {
    Change change = enableToBeConfirmed();
    assertThat(change.pending()).isPresent();
    try (Retrying knocking = knocking()) {
      knocking.await(THROUGH);
      assertThat(knocking.takeOutcomes()).containsExactly(BLOCKED, THROUGH);
    }
    assertThat(host.send(ApiRequest.pending()).pending()).isEmpty();
    assertThat(host.send(ApiRequest.chain("standby")).enabled()).isFalse();
  }

  /** Meanwhile the kernel goes on with what it was told. */
  @Test
  void change_notConfirmedAndDaemonKilled_isUndoneByTheNext() throws IOException {
    enableToBeConfirmed();
    host.kill();
    try (Retrying knocking = knocking()) {
      knocking.awaitMore(500); // longer than two seconds
      assertThat(knocking.takeOutcomes()).containsExactly(BLOCKED);

      host.start();

      knocking.await(THROUGH);
      assertThat(knocking.takeOutcomes()).containsExactly(BLOCKED, THROUGH);
    }
    assertThat(host.send(ApiRequest.pending()).pending()).isEmpty();
    assertThat(host.send(ApiRequest.chain("standby")).enabled()).isFalse();
  }

  @Test
  void change_confirmed_stays() throws IOException {
    String id = enableToBeConfirmed().pending().orElseThrow().id();
    assertThat(host.command("confirm", id)).isZero();
    try (Retrying knocking = knocking()) {
      knocking.awaitMore(500);
      assertThat(knocking.takeOutcomes()).containsExactly(BLOCKED);
    }
    assertThat(host.send(ApiRequest.chain("standby")).enabled()).isTrue();
  }
}
