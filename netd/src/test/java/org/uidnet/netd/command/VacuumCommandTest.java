package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VacuumCommandTest extends CommandTest {
  private static final String VACUUM = "/v1/history/vacuum";

  @Test
  void vacuum_saysWhatItGaveBack() {
    daemon.reply(VACUUM, 200, "{'bytesBefore':4096,'bytes':2048}");

    assertThat(run("vacuum")).isZero();

    assertThat(daemon.requests()).contains("POST " + VACUUM, "GET /v1/health");
    assertThat(out()).endsWith("history had 4.00 KiB, has 2.00 KiB\n");
  }

  @Test
  void vacuum_showsHowFarItIs() {
    daemon.reply(
        "/v1/status",
        200,
        "{'work':[{'kind':'export'},{'kind':'vacuum','done':500,'total':1000}]}");
    daemon.replyAfter("/v1/status", VACUUM, "{'bytesBefore':4096,'bytes':2048}");

    assertThat(run("vacuum")).isZero();

    assertThat(out()).isEqualTo("vacuum: 50 %\nhistory had 4.00 KiB, has 2.00 KiB\n");
  }

  @Test
  void vacuum_notPermitted_saysSo() {
    daemon.refuse(VACUUM, 403, "Only root");

    assertThat(run("vacuum")).isEqualTo(ExitCode.NOT_PERMITTED);
  }
}
