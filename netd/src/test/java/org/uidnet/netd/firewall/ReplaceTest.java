package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.netd.firewall.FirewallHost.OTHER;
import static org.uidnet.netd.firewall.FirewallHost.UID;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Retrying;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;

/** A long list that is replaced while its chain is enabled. */
@KernelTest
@Timeout(180) // two senders take all that there is of two processors
class ReplaceTest {
  private static final int UIDS = 10_000;
  private static final int REPLACEMENTS = 20;
  private static final int SEVERAL = 100;
  private static final long PAUSE_NANOS = 50_000;

  /** Of others, so that nobody else on this host is cut off by the allowlist. */
  private static final List<Long> NEIGHBOURS = uids(1000, 31_000);

  @Test
  void replace_denylist_whoIsOnBothIsAlwaysRefused() throws IOException {
    try (FirewallHost host = FirewallHost.started("fwdeny")) {
      assertNeverOtherwise(host, "oem-deny-1", List.of(UID), "EPERM", "5");
    }
  }

  @Test
  void replace_allowlist_whoIsOnBothAlwaysPasses() throws IOException {
    try (FirewallHost host = FirewallHost.started("fwallow")) {
      List<Long> both = new ArrayList<>(NEIGHBOURS);
      both.add(UID);
      assertNeverOtherwise(host, "dozable", both, "5", "EPERM");
      UsageQuery refused = UsageQuery.NONE.uid(Long.toString(UID)).from("-1h").to("now");
      assertThat(host.send(ApiRequest.drops(refused)).rows()).isEmpty();
    }
  }

  /** Both lists have 10,000 UIDs of their own. OTHER is on neither. */
  private static void assertNeverOtherwise(
      FirewallHost host, String chain, List<Long> both, String expected, String otherwise)
      throws IOException {
    host.send(ApiRequest.replaceUids(chain, with(both, 40_000)));
    host.send(ApiRequest.setEnabled(chain, true));
    try (Retrying listed = sending(host, UID);
        Retrying unlisted = sending(host, OTHER)) {
      listed.awaitMore(SEVERAL);
      for (int i = 0; i < REPLACEMENTS; i++) {
        List<Long> list = with(both, i % 2 == 0 ? 50_000 : 40_000);
        var answer = host.send(ApiRequest.replaceUids(chain, list)).change();
        assertThat(answer.changed()).isTrue();
        assertThat(answer.problems()).isEmpty();
      }
      listed.awaitMore(SEVERAL);
      assertThat(listed.takeOutcomes()).containsExactly(expected);
      assertThat(unlisted.takeOutcomes()).containsExactly(otherwise);
    }
  }

  private static Retrying sending(FirewallHost host, long uid) {
    Sockets clients = host.clients();
    Socket socket = clients.open(uid, "udp", false);
    return Retrying.start(
        0, () -> socket.sendTo(host.serverAddress(), FirewallHost.NOBODYS_PORT, 5));
  }

  private static List<Long> with(List<Long> some, long first) {
    List<Long> all = new ArrayList<>(some);
    all.addAll(uids(first, first + UIDS));
    return all;
  }

  private static List<Long> uids(long first, long end) {
    return LongStream.range(first, end).boxed().toList();
  }
}
