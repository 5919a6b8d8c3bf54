package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusCommandTest extends CommandTest {
  private static final String STATUS = "/v1/status";
  private static final String ANSWER =
      "{'backend':'kernel','version':'1.0','startTime':'2026-03-02T10:00:00Z',"
          + "'poll':{'last':'2026-03-02T10:29:55Z','lastMicros':3400,'intervalMillis':10000},"
          + "'slots':{'live':12,'max':65536,'series':34},"
          + "'databases':[{'name':'history','file':'/s/history.mv.db','bytes':2048}],"
          + "'exports':[{'sink':'postgres','exportedTo':'2026-03-02T10:25:00Z','lagSeconds':295,"
          + "'waitingBuckets':1,'rows':7,'lost':{'from':'2026-02-01T00:00:00Z','to':'2026-02-01T01:00:00Z'},"
          + "'trouble':'cannot store history in postgresql://db/fleet: no route; see that it runs'},"
          + "{'sink':'otlp','waitingBuckets':0,'rows':0}],"
          + "'work':[{'kind':'import','done':7,'total':0,'runningMillis':5},"
          + "{'kind':'roll_up','done':180,'total':720,'runningMillis':20000,"
          + "'remainingMillis':60000}]}";

  @Test
  void status_hasALineForEachWork() {
    daemon.reply(STATUS, 200, ANSWER);

    assertThat(run("status")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            daemon    1.0 on the kernel, since 2026-03-02 15:30:00
            history   /s/history.mv.db, 2.00 KiB
            snapshot  2026-03-02 15:59:55, took 3 ms, one every 10 s
            counters  12 of 65536 in use, history knows 34 keys
            export    postgres has all until 2026-03-02 15:55:00, 1 buckets wait; never got 2026-02-01 05:30:00 to 2026-02-01 06:30:00; cannot store history in postgresql://db/fleet: no route; see that it runs
            export    otlp was not asked yet, 0 buckets wait
            work      import: 7
            work      roll-up: 25 %, 180 of 720, 60 s left, until 2026-03-02 16:01:00
            """);
  }

  @Test
  void status_asJson_isTheAnswer() {
    daemon.reply(STATUS, 200, ANSWER);

    assertThat(run("status", "--json")).isZero();

    assertThat(out()).contains("\"remainingMillis\" : 60000");
  }

  @Test
  void status_callerMayNotSeeIt() {
    daemon.refuse(STATUS, 403, "Only root");

    assertThat(run("status")).isEqualTo(ExitCode.NOT_PERMITTED);
  }
}
