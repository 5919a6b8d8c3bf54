package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopCommandTest extends CommandTest {
  private static String rows(long bytes) {
    return "{'countedSince':'2026-03-02T00:00:00Z','rows':[{'kind':'uid','uid':1000,'name':'alice',"
        + "'rxBytes':%d,'txBytes':0}]}".formatted(bytes);
  }

  @Test
  void top_onceForScripts() {
    daemon
        .reply("/v1/usage/since-boot", 200, rows(1000))
        .reply("/v1/usage/since-boot", 200, rows(5_000_000))
        .reply("/v1/status", 200, "{'truth':[]}");

    assertThat(run("top", "--once", "--interval", "0.1")).isZero();

    assertThat(out().lines().toList().get(0))
        .isEqualTo("uidnet top  16:00:00  since boot, counted since 2026-03-02 05:30:00");
    assertThat(out().lines().toList().get(4)).contains("1000  alice").contains("MiB/s");
    assertThat(out()).doesNotContain("\u001b");
  }

  @Test
  void top_ofASimulation_isBySimulatedTime() {
    String rows =
        "{'countedSince':'2026-05-01T00:00:00Z','asOf':'2026-05-01T00:0%d:00Z','rows':[{'kind':'uid','uid':1000,'rxBytes':%d,'txBytes':0}]}";
    daemon
        .replyInstead("/v1/health", 200, "{'status':'ok','backend':'simulator','problems':[]}")
        .reply("/v1/usage/since-boot", 200, rows.formatted(1, 1000))
        .reply("/v1/usage/since-boot", 200, rows.formatted(2, 7000))
        .reply("/v1/status", 200, "{'truth':[]}");

    assertThat(run("top", "--once", "--interval", "0.1")).isZero();

    assertThat(out().lines().toList().get(0))
        .isEqualTo(
            "SIMULATED uidnet top  simulated 2026-05-01 05:32:00, boot of 2026-05-01 05:30:00");
    assertThat(out()).contains("100 B/s");
  }

  @Test
  void top_json() {
    daemon.reply("/v1/usage/since-boot", 200, rows(1000)).reply("/v1/status", 200, "{'truth':[]}");

    assertThat(run("top", "--iterations", "1", "--json", "--interval=0.1")).isZero();

    assertThat(out())
        .isEqualTo(
            "{\"time\":\"2026-03-02T10:30:00Z\",\"simulated\":false,"
                + "\"countedSince\":\"2026-03-02T00:00:00Z\",\"rows\":[{\"kind\":\"uid\","
                + "\"uid\":1000,\"name\":\"alice\",\"rxBytes\":1000,\"txBytes\":0,"
                + "\"rxBytesPerSecond\":0,\"txBytesPerSecond\":0}],\"truth\":[]}\n");
  }

  @Test
  void top_ofOneselfWithoutTruth() {
    daemon
        .refuse("/v1/usage/since-boot", 403, "own only")
        .reply("/v1/usage/since-boot", 200, rows(1000));

    assertThat(run("top", "--once", "--interval", "0.1")).isZero();

    assertThat(out()).contains("alice").doesNotContain("unattributed");
    assertThat(daemon.requests()).doesNotContain("GET /v1/status");
  }

  @Test
  void top_intervalsAreNotTooShort() {
    assertThat(run("top", "--interval", "0")).isEqualTo(2);
    assertThat(err()).isEqualTo("uidnet top: --interval: give 0.1 to 3600 seconds, not 0.0\n");
  }

  @Test
  void top_noDaemon() throws Exception {
    daemon.close();

    assertThat(run("top", "--once", "--interval", "0.1")).isEqualTo(4);
    assertThat(out()).isEmpty();
  }
}
