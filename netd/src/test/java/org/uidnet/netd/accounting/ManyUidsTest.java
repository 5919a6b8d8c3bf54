package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.Traffic;

/** Far more UIDs than there are rows and slots for. */
@KernelTest
@Tag("fault")
@Timeout(180)
class ManyUidsTest {
  private static final long FIRST_UID = 1_000_000;
  private static final int UIDS = 100_000;

  /** Of one process, with a socket open for each. */
  private static final int AT_ONCE = 5_000;

  private static final int DATAGRAM = 5 + 28; // payload, IP and UDP

  @Test
  void traffic_of100000Uids_overflowsAndLosesNothing() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      for (long uid = FIRST_UID; uid < FIRST_UID + UIDS; uid += AT_ONCE) {
        daemon.traffic().run("udp-uids", "127.0.0.1", 9, 5, 1, uid, AT_ONCE);
      }
      UidnetClient client = daemon.client();
      client.poll();
      assertThat(client.health().problems())
          .singleElement()
          .asString()
          .contains("more UIDs and networks at once than there are slots for");
      assertThat(client.summary(UsageQuery.NONE.from("-1d").to("now")).total())
          .isEqualTo(new Traffic(0, 0, (long) UIDS * DATAGRAM, UIDS));

      client.poll();
      assertThat(client.health().problems()).isEmpty();
    }
  }
}
