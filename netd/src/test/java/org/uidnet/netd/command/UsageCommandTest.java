package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageCommandTest extends CommandTest {
  private static final String ANSWER =
      "{'from':'2026-03-01T10:30:00Z','to':'2026-03-02T10:30:00Z','asOf':'2026-03-02T10:29:58Z',"
          + "'rows':[{'kind':'uid','uid':1000,'name':'al\\u001b[31mi\\u202ece','rxBytes':3145728,"
          + "'rxPackets':3000,'txBytes':1024,'txPackets':10},"
          + "{'kind':'forwarded','rxBytes':0,'rxPackets':0,'txBytes':100,'txPackets':1}],"
          + "'total':{'rxBytes':3145728,'rxPackets':3000,'txBytes':1124,'txPackets':11},"
          + "'unattributed':{'rxBytes':-28,'rxPackets':-1,'txBytes':0,'txPackets':0},'new':'\u00fc'}";

  @Test
  void usage_table() {
    daemon.reply("/v1/usage/summary", 200, ANSWER);

    assertThat(run("usage")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            2026-03-01 16:00 to 2026-03-02 16:00 (Asia/Kolkata), counted up to 2026-03-02 15:59:58

             UID  NAME                    RECEIVED      SENT     TOTAL  SHARE
            1000  al[31mice               3.00 MiB  1.00 KiB  3.00 MiB   100%
               -  (forwarded for others)       0 B     100 B     100 B     0%
            ─────────────────────────────────────────────────────────────────
                  total                   3.00 MiB  1.10 KiB  3.00 MiB
                  unattributed               -28 B       0 B     -28 B
            """);
    assertThat(err()).isEmpty();
    assertThat(daemon.requests())
        .containsExactly("GET /v1/usage/summary?limit=1000", "GET /v1/health");
  }

  @Test
  void usage_exactBytesAndPackets() {
    daemon.reply("/v1/usage/summary", 200, ANSWER);

    assertThat(run("usage", "--bytes", "--packets")).isZero();

    assertThat(out().lines().skip(2).limit(2))
        .containsExactly(
            " UID  NAME                     RECEIVED    SENT      TOTAL  SHARE  PACKETS IN  PACKETS OUT",
            "1000  al[31mice               3145728 B  1024 B  3146752 B   100%        3000           10");
  }

  @Test
  void usage_jsonIsTheAnswerInAscii() {
    daemon.reply("/v1/usage/summary", 200, ANSWER);

    assertThat(run("usage", "--json")).isZero();

    assertThat(out()).contains("\"rxBytes\" : 3145728", "\"new\" : \"\\u00FC\"", "\\u001B[31m");
    assertThat(out()).matches("\\p{ASCII}*");
  }

  @Test
  void usage_csvHasExactFigures_andNamesThatAreNoFormulas() {
    daemon.reply(
        "/v1/usage/summary",
        200,
        ANSWER.replace("al\\u001b[31mi\\u202ece", "=cmd,\\u000a\\u0022x"));

    assertThat(run("usage", "--csv")).as(err()).isZero();

    assertThat(out())
        .isEqualTo(
            """
            kind,uid,name,rxBytes,rxPackets,txBytes,txPackets
            uid,1000,"'=cmd,\ufffd""x",3145728,3000,1024,10
            forwarded,,,0,0,100,1
            """);
  }

  @Test
  void usage_csvOfNothing_isALineOfNames() {
    daemon.reply("/v1/usage/summary", 200, "{'rows':[],'total':{}}");

    assertThat(run("usage", "--csv")).as(err()).isZero();

    assertThat(out()).isEqualTo("rxBytes,rxPackets,txBytes,txPackets\n");
  }

  @Test
  void usage_csvAndJson_isBadUsage() {
    assertThat(run("usage", "--csv", "--json")).isEqualTo(ExitCode.BAD_USAGE);
  }

  @Test
  void usage_passesEveryFilter() {
    daemon.reply("/v1/usage/summary", 200, ANSWER);

    int code =
        run(
            "usage",
            "--uid",
            "alice,0-999,removed",
            "--from",
            "-7d",
            "--to",
            "now",
            "--by",
            "uid,iface",
            "--set",
            "FOREGROUND",
            "--tag",
            "0x10",
            "--iface",
            "eth0",
            "--metered",
            "--limit",
            "5");

    assertThat(code).isZero();
    assertThat(daemon.requests().get(0))
        .isEqualTo(
            "GET /v1/usage/summary?uid=1000%2C0-999%2Cremoved&from=-7d&to=now&by=uid%2Ciface"
                + "&set=FOREGROUND&tag=0x10&iface=eth0&metered=true&limit=5");
  }

  @Test
  void usage_columnsFollowTheAnswer() {
    daemon.reply(
        "/v1/usage/summary",
        200,
        "{'from':'2026-03-01T00:00:00Z','to':'now','asOf':'?','rows':["
            + "{'day':'2026-03-01','set':'DEFAULT','tag':4097,'iface':'eth0','metered':true,"
            + "'rxBytes':1,'txBytes':2}],'total':{'rxBytes':1,'txBytes':2}}");

    assertThat(run("usage", "--by", "day,set,tag,iface,metered")).isZero();

    assertThat(out().lines().skip(2))
        .containsExactly(
            "DAY         SET      TAG     INTERFACE  METERED  RECEIVED  SENT  TOTAL  SHARE",
            "2026-03-01  DEFAULT  0x1001  eth0       yes           1 B   2 B    3 B   100%",
            "─────────────────────────────────────────────────────────────────────────────",
            "total                                                 1 B   2 B    3 B");
  }

  @Test
  void usage_showsOnesOwnWhereAllIsRefused() {
    daemon.refuse("/v1/usage/summary", 403, "own only").reply("/v1/usage/summary", 200, ANSWER);

    int code = run("usage");

    assertThat(daemon.requests().get(1)).isEqualTo("GET /v1/usage/summary?limit=1000&uid=self");
    assertThat(err())
        .isEqualTo(
            "note: showing your own usage only (UID 1000); root and configured admins see"
                + " everybody's\n");
    assertThat(code).isZero();
  }

  @Test
  void usage_refusalOfAnotherUid() {
    daemon.refuse("/v1/usage/summary", 403, "UID 1000 may see its own usage only: add uid=self.");

    assertThat(run("usage", "--uid", "0")).isEqualTo(3);

    assertThat(err())
        .isEqualTo(
            "uidnet usage: the daemon refused (403): UID 1000 may see its own usage only: add"
                + " uid=self.\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void usage_refusalNamesItsSectionOfTroubleshooting() {
    daemon.reply(
        "/v1/usage/summary",
        403,
        "{'type':'/problems/own-only','title':'No','status':403,'detail':'Not yours.'}");

    assertThat(run("usage", "--uid", "0")).isEqualTo(3);

    assertThat(err()).isEqualTo("uidnet usage: the daemon refused (403 own-only): Not yours.\n");
  }

  @Test
  void usage_unknownName() {
    assertThat(run("usage", "--uid", "bob")).isEqualTo(2);

    assertThat(err())
        .isEqualTo(
            "uidnet usage: --uid: neither this host nor the daemon knows a user 'bob'; give its"
                + " UID in digits\n");
  }

  /** Of an app, or a simulated user. */
  @Test
  void usage_nameThatOnlyTheDaemonKnows() {
    daemon
        .reply("/v1/uids?name=maps+app", 200, "{'uids':[{'uid':10123,'name':'maps app'}]}")
        .reply("/v1/usage/summary", 200, ANSWER);

    assertThat(run("usage", "--uid", "maps app,alice")).isZero();

    assertThat(daemon.requests().get(1))
        .isEqualTo("GET /v1/usage/summary?uid=10123%2C1000&limit=1000");
  }

  @Test
  void usage_byTag_sharesAreOfTheTotals() {
    daemon.reply(
        "/v1/usage/summary",
        200,
        "{'from':'2026-03-01T00:00:00Z','to':'now','asOf':'?','rows':["
            + "{'kind':'uid','uid':1000,'name':'alice','set':'DEFAULT','tag':0,"
            + "'rxBytes':100,'txBytes':200,'operations':7},"
            + "{'kind':'uid','uid':1000,'name':'alice','set':'FOREGROUND','tag':0,"
            + "'rxBytes':60,'txBytes':40},"
            + "{'kind':'uid','uid':1000,'name':'alice','set':'DEFAULT','tag':4294967170,"
            + "'rxBytes':20,'txBytes':80,'operations':7}],'total':{'rxBytes':160,'txBytes':240}}");

    assertThat(run("usage", "--by", "uid,set,tag")).isZero();

    assertThat(out().lines().skip(2))
        .containsExactly(
            " UID  NAME   SET         TAG         RECEIVED   SENT  TOTAL  SHARE  OPERATIONS",
            "1000  alice  DEFAULT     all            100 B  200 B  300 B    75%           7",
            "1000  alice  FOREGROUND  all             60 B   40 B  100 B    25%           -",
            "1000  alice  DEFAULT     0xffffff82      20 B   80 B  100 B    25%           7",
            "──────────────────────────────────────────────────────────────────────────────",
            "      total                             160 B  240 B  400 B");
  }

  @Test
  void usage_badValueAsTheServerSaysIt() {
    daemon.refuse("/v1/usage/summary", 400, "not a time");

    assertThat(run("usage", "--from", "yesterday")).isEqualTo(2);

    assertThat(err()).isEqualTo("uidnet usage: the daemon refused (400): not a time\n");
  }

  @Test
  void usage_brokenDaemon() {
    daemon.refuse("/v1/usage/summary", 503, "the history cannot be read");

    assertThat(run("usage")).isEqualTo(1);
  }

  @Test
  void usage_noDaemon() throws Exception {
    daemon.close();

    assertThat(run("usage")).isEqualTo(4);

    assertThat(err())
        .startsWith("uidnet usage: no daemon answers on " + dir.resolve("api.sock"))
        .contains("uidnet run")
        .endsWith(", or name the directory of a running one with --state-dir DIR\n");
  }

  @Test
  void usage_simulatedAndDegradedAreSaidBesideTheFigures() {
    daemon
        .replyInstead(
            "/v1/health",
            200,
            "{'status':'degraded','backend':'simulator','problems':['the disk is full']}")
        .reply("/v1/usage/summary", 200, ANSWER);

    assertThat(run("usage")).isZero();

    assertThat(err())
        .isEqualTo(
            "SIMULATED: no figure here is real, times are of the simulated clock\n"
                + "note: the daemon is degraded: the disk is full\n");
  }

  @Test
  void usage_badOption() {
    assertThat(run("usage", "--form", "-7d")).isEqualTo(2);

    assertThat(err())
        .startsWith("uidnet usage: Unknown options: '--form', '-7d'")
        .endsWith("Try: uidnet usage --help\n");
  }

  @Test
  void usage_unitsExcludeEachOther() {
    assertThat(run("usage", "--si", "--bits")).isEqualTo(2);
  }

  @Test
  void uidnet_withoutCommand() {
    assertThat(runAsItIs()).isEqualTo(2);
    assertThat(err()).isEqualTo("uidnet: Missing required subcommand\nTry: uidnet --help\n");
  }

  @Test
  void uidnet_helpNamesTheCommands() {
    assertThat(runAsItIs("--help")).isZero();
    assertThat(out()).contains("usage", "who", "top", "history").doesNotContain("warm-up");
  }

  @Test
  void everyCommand_hasHelpWithExamples() {
    for (String command : new String[] {"usage", "who", "top", "history"}) {
      assertThat(runAsItIs(command, "--help")).isZero();
      assertThat(out()).contains("Examples:\n  uidnet " + command);
    }
  }

  @Test
  void warmUp_needsNoDaemon() {
    assertThat(runAsItIs("warm-up")).isZero();
    assertThat(out() + err()).isEmpty();
  }
}
