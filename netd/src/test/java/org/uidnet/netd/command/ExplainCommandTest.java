package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainCommandTest extends CommandTest {
  private static final String VERDICT = "/v1/firewall/uids/10123/verdict";
  private static final String BLOCKED =
      "{'uid':10123,'name':'com.example\\u001b[31m','blocked':true,"
          + "'reasons':['DOZE','NO_INTERNET_PERMISSION'],'refusedBy':'CREATE','chain':["
          + step(
              "internet-permission",
              "",
              true,
              true,
              "BLOCKS",
              "NO_INTERNET_PERMISSION",
              "uidnet internet-permission allow 10123")
          + ","
          + step(
              "dozable",
              "'kind':'ALLOWLIST',",
              true,
              false,
              "BLOCKS",
              "DOZE",
              "uidnet chain allow dozable 10123")
          + ","
          + step("standby", "'kind':'DENYLIST',", false, false, "NOT_ASKED", "APP_STANDBY", "")
          + ","
          + step(
              "metered-deny-admin",
              "'kind':'DENYLIST',",
              true,
              false,
              "PASSES",
              "METERED_ADMIN_DISABLED",
              "")
          + "]}";

  private static String step(
      String chain,
      String kind,
      boolean enabled,
      boolean listed,
      String effect,
      String reason,
      String lift) {
    return "{'chain':'%s',%s'enabled':%s,'listed':%s,'exempt':false,'effect':'%s','reason':'%s'%s}"
        .formatted(
            chain,
            kind,
            enabled,
            listed,
            effect,
            reason,
            lift.isEmpty() ? "" : ",'lift':'" + lift + "'");
  }

  @Test
  void explain_verdictFirst_thenChainByChain_thenWhatLiftsIt() {
    daemon.reply(VERDICT, 200, BLOCKED);

    assertThat(run("explain", "--uid", "10123")).isZero();

    assertThat(out().replace(dir.toString(), "DIR"))
        .isEqualTo(
            """
            com.example[31m (UID 10123) is blocked: DOZE, NO_INTERNET_PERMISSION, refused when it makes a socket.

            CHAIN OR RULE        KIND       ENABLED  LISTED  EFFECT  REASON
            internet-permission  -          yes      yes     blocks  NO_INTERNET_PERMISSION
            dozable              ALLOWLIST  yes      no      blocks  DOZE
            standby              DENYLIST   no       no      -
            metered-deny-admin   DENYLIST   yes      no      passes

            Together these would lift it:
              uidnet internet-permission allow 10123 --state-dir DIR
              uidnet chain allow dozable 10123 --state-dir DIR
            """);
    assertThat(out().lines().skip(2).limit(5))
        .allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    assertThat(daemon.requests()).containsExactly("GET " + VERDICT, "GET /v1/health");
  }

  @Test
  void explain_oneself_whoPasses() {
    daemon.reply(
        "/v1/firewall/uids/1000/verdict",
        200,
        "{'uid':1000,'blocked':false,'reasons':[],'chain':[{'chain':'dozable',"
            + "'kind':'ALLOWLIST','enabled':true,'listed':false,'exempt':true,"
            + "'effect':'PASSES','reason':'DOZE'}]}");

    assertThat(run("explain")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            UID 1000 is not blocked.

            CHAIN OR RULE  KIND       ENABLED  LISTED  EFFECT  REASON
            dozable        ALLOWLIST  yes      no      exempt
            """);
  }

  @Test
  void explain_supposes() {
    daemon.reply(VERDICT, 200, BLOCKED);

    int code =
        run(
            "explain",
            "--uid",
            "10123",
            "--iface",
            "wwan0",
            "--metered",
            "--roaming",
            "--vpn",
            "--loopback",
            "--inbound",
            "--remote",
            "fe80::1",
            "--enable",
            "dozable,powersave",
            "--disable",
            "standby",
            "--data-saver",
            "--owner",
            "root");

    assertThat(code).isZero();
    assertThat(daemon.requests().get(0))
        .isEqualTo(
            "GET "
                + VERDICT
                + "?iface=wwan0&metered=true&roaming=true&vpn=true&loopback=true&dataSaver=true"
                + "&remote=fe80%3A%3A1&enable=dozable%2Cpowersave&disable=standby&owner=0"
                + "&direction=ingress");
  }

  @Test
  void explain_json() {
    daemon.reply(VERDICT, 200, BLOCKED);

    assertThat(run("explain", "--uid", "10123", "--json")).isZero();

    assertThat(out()).contains("\"refusedBy\" : \"CREATE\"").matches("[\\p{ASCII}\\s]*");
  }

  @Test
  void explain_ofAnotherUid_isRefused() {
    daemon.refuse(VERDICT, 403, "UID 1000 may ask for its own verdict only");

    assertThat(run("explain", "--uid", "10123")).isEqualTo(3);
  }

  @Test
  void explain_unknownInterface() {
    daemon.refuse(VERDICT, 400, "there is no interface wwan9");

    assertThat(run("explain", "--uid", "10123", "--iface", "wwan9")).isEqualTo(2);
  }

  @Test
  void drops_table() {
    daemon.reply(
        "/v1/firewall/drops",
        200,
        "{'from':'x','to':'y','asOf':'z','rows':["
            + "{'kind':'uid','uid':10123,'name':'com.example','reason':'METERED_ADMIN_DISABLED',"
            + "'direction':'egress','packets':123456,'bytes':78901234},"
            + "{'kind':'foreign','reason':'DOZE','direction':'connect','packets':3,'bytes':0}],"
            + "'total':{'packets':123459,'bytes':78901234}}");

    assertThat(run("drops", "--from", "-7d")).isZero();

    assertThat(out())
        .isEqualTo(
            """
              UID  NAME                  REASON                  AT       PACKETS     BYTES
            10123  com.example           METERED_ADMIN_DISABLED  egress    123456  75.2 MiB
                -  (foreign user names…  DOZE                    connect        3       0 B
            ───────────────────────────────────────────────────────────────────────────────
                   total                                                   123459  75.2 MiB
            """);
    assertThat(daemon.requests()).startsWith("GET /v1/firewall/drops?from=-7d");
  }

  @Test
  void drops_nothing_orOnesOwn() {
    daemon
        .refuse("/v1/firewall/drops", 403, "own only")
        .reply("/v1/firewall/drops", 200, "{'rows':[],'total':{'packets':0,'bytes':0}}");

    assertThat(run("drops")).isZero();
    assertThat(run("drops", "--uid", "alice")).isZero();

    assertThat(out()).isEqualTo("Nothing was refused.\nNothing was refused.\n");
    assertThat(daemon.requests())
        .contains(
            "GET /v1/firewall/drops?from=-24h&uid=self",
            "GET /v1/firewall/drops?from=-24h&uid=1000");
    assertThat(err()).startsWith("note: showing your own usage only (UID 1000)");
  }
}
