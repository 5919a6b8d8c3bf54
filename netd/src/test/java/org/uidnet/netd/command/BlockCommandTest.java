package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockCommandTest extends CommandTest {
  private static final String RULE = "/v1/firewall/chains/blocked/uids/1000";
  private static final String BLOCKED =
      "{'chain':'blocked','uid':1000,'rule':'DENY','changed':true,'destroyedSockets':3,"
          + "'problems':[]}";
  private static final String PASSES = "{'uid':1000,'blocked':false,'reasons':[],'chain':[]}";

  private void chainIs(boolean made, boolean enabled) {
    daemon
        .reply(RULE, 200, BLOCKED)
        .reply("/v1/firewall/chains/blocked", 200, "{'changed':true,'enabled':true}")
        .reply(
            "/v1/firewall/chains",
            200,
            "{'chain':'blocked','enabled':%s,'changed':%s}".formatted(enabled, made));
  }

  @Test
  void block_firstMakesTheChainAndEnablesIt() {
    chainIs(true, false);

    assertThat(run("block", "alice", "--for", "2h", "--confirm", "60s")).isZero();

    assertThat(daemon.requests())
        .containsExactly(
            "POST /v1/firewall/chains",
            "PUT /v1/firewall/chains/blocked",
            "PUT " + RULE + "?confirm=60s",
            "GET /v1/health");
    assertThat(daemon.bodies())
        .startsWith(
            "{\"chain\":\"blocked\",\"kind\":\"DENYLIST\"}",
            "{\"enabled\":true}",
            "{\"rule\":\"DENY\",\"for\":\"2h\"}");
    assertThat(out()).isEqualTo("alice (UID 1000) is blocked; 3 connections were ended\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void block_usesTheChainThatIsThere() {
    chainIs(false, true);

    assertThat(run("block", "1000")).isZero();

    assertThat(daemon.requests())
        .containsExactly("POST /v1/firewall/chains", "PUT " + RULE, "GET /v1/health");
  }

  @Test
  void block_enablesADisabledChainAgain_andSaysSo() {
    chainIs(false, false);

    assertThat(run("block", "alice")).isZero();

    assertThat(err())
        .isEqualTo(
            "note: chain blocked was disabled; it is in force again for everybody on its list\n");
  }

  @Test
  void block_ofSomebodyUnknown_asksNothing() {
    assertThat(run("block", "bob")).isEqualTo(2);

    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void allow_takesTheUidOff() {
    daemon
        .reply(RULE, 200, "{'rule':'ALLOW','changed':true,'problems':[]}")
        .reply("/v1/firewall/uids/1000/verdict", 200, PASSES);

    assertThat(run("allow", "alice")).isZero();

    assertThat(daemon.bodies().get(0)).isEqualTo("{\"rule\":\"ALLOW\"}");
    assertThat(out()).isEqualTo("the block of alice (UID 1000) is lifted\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void allow_saysWhatBlocksStill() {
    daemon
        .refuse(RULE, 404, "no such chain")
        .reply(
            "/v1/firewall/uids/1000/verdict",
            200,
            "{'uid':1000,'blocked':true,'reasons':['DOZE','CUSTOM:night'],'chain':[]}");

    assertThat(run("allow", "alice")).isZero();

    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualTo(
            "note: alice (UID 1000) was not blocked: uidnet block was never used here\n"
                + "note: still blocked by DOZE, CUSTOM:night: uidnet explain --uid 1000 --state-dir "
                + dir
                + "\n");
  }

  @Test
  void confirm_keepsAChange() {
    daemon.reply("/v1/firewall/pending/7f3a/confirm", 200, "{'changed':true,'problems':[]}");

    assertThat(run("confirm", "7f3a")).isZero();

    assertThat(out()).isEqualTo("the change stays\n");
    assertThat(daemon.requests()).startsWith("POST /v1/firewall/pending/7f3a/confirm");
  }

  @Test
  void confirm_ofAnUnknownChange() {
    daemon.refuse("/v1/firewall/pending/x/confirm", 404, "no change x is pending");

    assertThat(run("confirm", "x")).isEqualTo(2);
  }

  @Test
  void confirm_withoutId_showsWhatWaits() {
    daemon
        .reply(
            "/v1/firewall/pending",
            200,
            "{'pending':[{'id':'7f3a','what':'chain dozable','undoneAt':'2026-03-02T10:31:00Z'}]}")
        .reply("/v1/firewall/pending", 200, "{'pending':[]}");

    assertThat(run("confirm")).isZero();
    assertThat(run("confirm")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            ID    CHANGE         UNDONE AT
            7f3a  chain dozable  2026-03-02 16:01:00
            No change waits for a confirmation.
            """);
  }
}
