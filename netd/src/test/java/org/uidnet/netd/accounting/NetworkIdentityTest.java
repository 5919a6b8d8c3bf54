package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.UsageRow;
import org.uidnet.netd.testing.KernelTest;

/** What an interface is, while it carries packets. */
@KernelTest
@Timeout(120)
class NetworkIdentityTest {
  private static final long UID = 10_123;
  private static final int PAYLOAD = 100;
  private static final long DATAGRAM = PAYLOAD + 28;

  @Test
  void change_dividesWhatWasCountedBeforeFromTheRest() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      long before = send(daemon);
      daemon
          .client()
          .send(
              ApiRequest.setInterface(
                  "lo",
                  InterfaceFacts.PLAIN.withMetered(true).withType("test").withNetwork("lab")));
      long after = send(daemon);

      assertThat(daemon.summary("type,metered,network"))
          .extracting(
              row -> row.type().orElseThrow(),
              UsageRow::network,
              row -> row.metered().orElseThrow(),
              row -> row.traffic().txBytes())
          .containsExactlyInAnyOrder(
              tuple("none", Optional.empty(), false, before * DATAGRAM),
              tuple("test", Optional.of("lab"), true, after * DATAGRAM));
    }
  }

  private static long send(TestDaemon daemon) {
    return Long.parseLong(daemon.traffic().run("uid-pairs", PAYLOAD, 1, UID, 1));
  }
}
