package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.NOBODYS_PORT;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Retrying;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/** A daemon that dies leaves the rules in force, and so does the one after it. */
@KernelTest
@Timeout(60)
class EnforcementKillTest {
  private static final String CHAIN = "standby";
  private static final String THROUGH = "ECONNREFUSED";
  private static final int BYTES = 5;
  private static final String SENT = Integer.toString(BYTES);
  private static final String BLOCKED = "EPERM";
  private static final long MILLISECOND = 1_000_000;
  private static final int SEVERAL = 50;

  private FirewallHost host;

  /** Of the blocked UID: connections, and datagrams of one socket that was there before. */
  private Retrying connecting;

  private Retrying sending;

  @BeforeEach
  void open() throws IOException {
    host = FirewallHost.started("fwkill");
    Sockets connectors = host.clients();
    connecting = Retrying.start(MILLISECOND, () -> host.knock(connectors, UID));
    Socket sender = host.clients().open(UID, "udp", false);
    sending =
        Retrying.start(MILLISECOND, () -> sender.sendTo(host.serverAddress(), NOBODYS_PORT, BYTES));
    awaitThrough();
    block();
    connecting.await(BLOCKED);
    sending.await(BLOCKED);
    connecting.take();
    sending.take();
  }

  private void block() throws IOException {
    host.send(ApiRequest.replaceUids(CHAIN, List.of(UID)));
    assertThat(host.send(ApiRequest.setEnabled(CHAIN, true)).change().problems()).isEmpty();
  }

  private void awaitThrough() {
    connecting.await(THROUGH);
    sending.await(SENT);
  }

  private void awaitMore() {
    connecting.awaitMore(SEVERAL);
    sending.awaitMore(SEVERAL);
  }

  private void assertNothingGotThrough() {
    assertThat(connecting.takeOutcomes()).containsExactly(BLOCKED);
    assertThat(sending.takeOutcomes()).containsExactly(BLOCKED);
  }

  @AfterEach
  @SuppressWarnings("try") // they are only closed
  void close() throws IOException {
    try (FirewallHost last = host;
        Retrying connected = connecting;
        Retrying sent = sending) {
      // the clients first, whatever happens to one
    }
  }

  @Test
  @Tag("fault")
  void kill_chainEnabled_nothingGetsThroughUntilUnload() throws IOException {
    for (int i = 0; i < 2; i++) {
      host.kill();
      awaitMore();
      host.start();
      assertThat(host.send(ApiRequest.chain(CHAIN)).enabled()).isTrue();
      awaitMore();
    }
    assertNothingGotThrough();

    assertThat(host.unload()).isZero();
    awaitThrough();
    host.assertNothingIsLeft();
  }

  @Test
  void unload_withoutADaemon_givesTheNetworkBack() throws IOException {
    host.kill();
    awaitMore();
    assertNothingGotThrough();

    assertThat(host.unload()).isZero();
    awaitThrough();
    host.assertNothingIsLeft();
  }

  /** Only what was sent before the programs were there has passed. */
  @Test
  void start_afterUnload_policyIsInForceBeforeTheFirstPacket() throws IOException {
    assertThat(host.unload()).isZero();
    awaitThrough();
    connecting.take();
    sending.take();

    host.start();
    awaitMore();

    assertBlockedForGood(connecting.takeOutcomes(), THROUGH);
    assertBlockedForGood(sending.takeOutcomes(), SENT);
    assertThat(host.knock(host.clients(), OTHER)).isEqualTo(THROUGH);
  }

  /** Between two programs that are attached one after the other, a SYN is dropped unanswered. */
  private static void assertBlockedForGood(List<String> outcomes, String through) {
    assertThat(outcomes).startsWith(through).endsWith(BLOCKED).containsOnlyOnce(through);
  }
}
