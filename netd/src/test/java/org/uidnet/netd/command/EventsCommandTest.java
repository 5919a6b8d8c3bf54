package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsCommandTest extends CommandTest {
  private static final String DROP =
      "{'event':'drop','time':'2026-03-02T10:30:05Z','kind':'uid','uid':1000,'name':'alice',"
          + "'reason':'DOZE','direction':'egress','iface':'eth0','length':60,'protocol':6,"
          + "'source':'192.0.2.7:50000','target':'[2001:db8::1]:443'}\n";
  private static final String CALL =
      "{'event':'drop','time':'2026-03-02T10:30:05Z','kind':'foreign','reason':'DOZE',"
          + "'direction':'connect'}\n";
  private static final String CHANGE =
      "{'event':'change','time':'2026-03-02T10:30:06Z','uid':0,'transport':'unix',"
          + "'what':'chain dozable','before':'off','after':'on'}\n";
  private static final String BY_TOKEN =
      "{'event':'change','time':'2026-03-02T10:30:06Z','transport':'tcp',"
          + "'what':'chain dozable','before':'on','after':'off'}\n";
  private static final String STATS = "{'event':'stats','asOf':'2026-03-02T10:30:07Z'}\n";
  private static final String NEWER = "{'event':'quota','limit':7}\n";

  @Test
  void events_areLines() {
    daemon.reply("/v1/events", 200, DROP + CALL + CHANGE + BY_TOKEN + STATS + NEWER);

    assertThat(run("events", "--count", "6")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            16:00:05 drop alice (1000) egress on eth0: DOZE, 192.0.2.7:50000 > [2001:db8::1]:443
            16:00:05 drop (foreign user namespace) connect: DOZE
            16:00:06 change by UID 0 over unix, chain dozable: off -> on
            16:00:06 change by the admin token over tcp, chain dozable: on -> off
            16:00:07 stats a snapshot was stored
            {"event":"quota","limit":7}
            """);
  }

  @Test
  void uid_isAskedFor() {
    daemon.reply("/v1/events", 200, DROP);

    run("events", "--uid", "alice", "--count", "1");

    assertThat(daemon.requests()).contains("GET /v1/events?uid=1000");
  }

  @Test
  void json_isEachEventAsItCame() {
    daemon.reply("/v1/events", 200, DROP + STATS);

    assertThat(run("events", "--json", "--count", "2")).isZero();

    assertThat(out().lines().toList().get(1))
        .isEqualTo("{\"event\":\"stats\",\"asOf\":\"2026-03-02T10:30:07Z\"}");
  }

  @Test
  void alert_isALine() {
    daemon.reply(
        "/v1/events",
        200,
        "{'event':'alert','time':'2026-03-02T10:30:07Z','alert':{'id':3,'template':{},"
            + "'thresholdBytes':2048,'usedBytes':3072}}\n");

    assertThat(run("events", "--count", "1")).isZero();

    assertThat(out()).isEqualTo("16:00:07 alert 3: 3.00 KiB used, the threshold is 2.00 KiB\n");
  }
}
