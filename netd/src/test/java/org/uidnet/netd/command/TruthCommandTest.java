package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TruthCommandTest extends CommandTest {
  private static final String ANSWER =
      "{'rows':[{'iface':'eth0','view':'wire','direction':'rx',"
          + "'interface':{'bytes':2048,'packets':20},'uids':{'bytes':1024,'packets':18},"
          + "'unattributed':{'bytes':1024,'packets':2}},"
          + "{'iface':'lo','view':'device','direction':'tx',"
          + "'interface':{'bytes':100,'packets':1},'uids':{'bytes':300,'packets':3},"
          + "'unattributed':{'bytes':-200,'packets':-2}}]}";

  @Test
  void truth_threeFiguresPerInterfaceAndDirection() {
    daemon.reply("/v1/usage/truth", 200, ANSWER);

    assertThat(run("truth", "--from", "-7d")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            INTERFACE  WAY       VIEW     CARRIED   CHARGED  UNATTRIBUTED  PACKETS
            eth0       received  wire    2.00 KiB  1.00 KiB      1.00 KiB        2
            lo         sent      device     100 B     300 B        -200 B       -2
            """);
    assertThat(daemon.requests()).startsWith("GET /v1/usage/truth?from=-7d");
  }

  @Test
  void truth_callerMayNotSeeIt() {
    daemon.refuse("/v1/usage/truth", 403, "only root");

    assertThat(run("truth")).isEqualTo(3);
  }
}
