package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;

/** What Prometheus gets of a daemon on the kernel, and what Prometheus' own checker says of it. */
@KernelTest
class MetricsTest {
  private static final int DATAGRAM = 1000;
  private static final int HEADERS = 28;

  /** {@code ./uidnet test} puts it there. */
  private static final Path PROMTOOL = Path.of("target/promtool").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void trafficAndRefusals_areTold_andPromtoolHasNothingToSay() throws IOException {
    try (FirewallHost host = FirewallHost.started("metrics");
        Sockets clients = host.clients();
        var socket = clients.open(FirewallHost.UID, "udp", false)) {
      assertThat(socket.sendTo(host.serverAddress(), FirewallHost.NOBODYS_PORT, DATAGRAM))
          .isEqualTo(Integer.toString(DATAGRAM));
      host.send(ApiRequest.setRule("oem-deny-1", FirewallHost.UID, RuleRequest.DENY));
      host.send(ApiRequest.setEnabled("oem-deny-1", true));
      assertThat(socket.sendTo(host.serverAddress(), FirewallHost.NOBODYS_PORT, DATAGRAM))
          .isEqualTo("EPERM");

      Path metrics = directory.resolve("metrics");
      try (OutputStream out = Files.newOutputStream(metrics)) {
        host.client().download(ApiRequest.metrics(), out);
      }
      String text = Files.readString(metrics);

      assertThat(sentBytes(text)).isEqualTo(DATAGRAM + HEADERS);
      assertThat(text)
          .containsPattern("uidnet_refusals_total\\{call=\"egress\",reason=\"OEM_DENY\"} 1\\.0")
          .contains("uidnet_chain_enabled{chain=\"oem-deny-1\"} 1.0", "uidnet_healthy 1.0");
      assertThat(Commands.run("sh", "-c", PROMTOOL + " check metrics < " + metrics)).isEmpty();
    }
  }

  private static long sentBytes(String text) {
    Matcher line =
        Pattern.compile(
                "uidnet_bytes_total\\{direction=\"tx\",.*uid=\"" + FirewallHost.UID + "\"} (\\S+)")
            .matcher(text);
    assertThat(line.find()).as(text).isTrue();
    return (long) Double.parseDouble(line.group(1));
  }
}
