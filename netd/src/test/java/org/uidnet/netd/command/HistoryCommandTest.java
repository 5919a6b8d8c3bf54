package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryCommandTest extends CommandTest {
  @Test
  void history_tableWithBars() {
    daemon.reply(
        "/v1/usage/history",
        200,
        "{'resolution':'1h','mixed':true,'buckets':["
            + "{'start':'2026-03-01T18:30:00Z','end':'x','rxBytes':1000,'txBytes':0},"
            + "{'start':'2026-03-02T09:30:00Z','end':'x','rxBytes':4000,'txBytes':0},"
            + "{'start':'2026-03-02T10:30:00Z','end':'x','rxBytes':0,'txBytes':0}]}");

    assertThat(run("history", "--uid", "alice", "--si")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            FROM              RECEIVED  SENT    TOTAL
            2026-03-02         1.00 kB   0 B  1.00 kB  ███████▌
            2026-03-02 15:00   4.00 kB   0 B  4.00 kB  ██████████████████████████████
            2026-03-02 16:00       0 B   0 B      0 B
            """);
    assertThat(err())
        .isEqualTo(
            "note: finer buckets of old days are no longer kept; some rows cover more time\n");
    assertThat(daemon.requests().get(0))
        .isEqualTo("GET /v1/usage/history?uid=1000&resolution=1h&from=-24h");
  }

  @Test
  void history_splitBuckets() {
    daemon.reply(
        "/v1/usage/history",
        200,
        "{'buckets':[{'start':'2026-03-01T18:30:00Z','kind':'uid','uid':0,'name':'root',"
            + "'iface':'lo','rxBytes':8,'txBytes':8},"
            + "{'start':'2026-03-01T18:30:00Z','kind':'forwarded','iface':'lo','rxBytes':8}]}");

    assertThat(run("history", "--by", "uid,iface", "--from", "-2d")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            FROM        OF            RECEIVED  SENT  TOTAL
            2026-03-02  0 root lo          8 B   8 B   16 B  ██████████████████████████████
            2026-03-02  forwarded lo       8 B   0 B    8 B  ███████████████
            """);
  }

  @Test
  void history_bySetAndTag() {
    daemon.reply(
        "/v1/usage/history",
        200,
        "{'buckets':[{'start':'2026-03-01T18:30:00Z','set':'FOREGROUND','tag':0,'rxBytes':8},"
            + "{'start':'2026-03-01T18:30:00Z','set':'FOREGROUND','tag':61453,'rxBytes':4}]}");

    assertThat(run("history", "--by", "set,tag", "--from", "-2d")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            FROM        OF                     RECEIVED  SENT  TOTAL
            2026-03-02  FOREGROUND all tags         8 B   0 B    8 B  ██████████████████████████████
            2026-03-02  FOREGROUND tag 0xf00d       4 B   0 B    4 B  ███████████████
            """);
  }

  @Test
  void history_empty() {
    daemon.reply("/v1/usage/history", 200, "{'buckets':[]}");

    assertThat(run("history")).isZero();

    assertThat(err()).isEqualTo("note: nothing was counted in this period\n");
  }
}
