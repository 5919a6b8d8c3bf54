package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainCommandTest extends CommandTest {
  private static final String CHANGED =
      "{'changed':true,'at':'2026-03-02T10:30:00Z','destroyedSockets':0,'problems':[]}";

  private static final String CHAINS =
      "{'chains':["
          + "{'chain':'dozable','kind':'ALLOWLIST','enabled':true,'alwaysOn':false,'custom':false,"
          + "'uids':[0,1000],'temporary':[{'uid':1000,'rule':'ALLOW','until':'reboot'}]},"
          + "{'chain':'standby','kind':'DENYLIST','enabled':false,'alwaysOn':false,'uids':[],"
          + "'temporary':[]},"
          + "{'chain':'metered-deny-admin','kind':'DENYLIST','enabled':true,'alwaysOn':true,"
          + "'uids':[10123],'temporary':[]}]}";

  @Test
  void list_isATable() {
    daemon.reply("/v1/firewall/chains", 200, CHAINS);

    assertThat(run("chain", "list")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            CHAIN               KIND       STATE                        UIDS  TEMPORARY
            dozable             ALLOWLIST  enabled                         2          1
            standby             DENYLIST   disabled                        -          -
            metered-deny-admin  DENYLIST   always, on metered networks     1          -
            """);
    assertThat(daemon.requests()).containsExactly("GET /v1/firewall/chains", "GET /v1/health");
  }

  @Test
  void show_namesWhoIsOnTheList() {
    daemon.reply(
        "/v1/firewall/chains/blocked",
        200,
        "{'chain':'blocked','kind':'DENYLIST','enabled':true,'uids':[0,1000,10123],'temporary':["
            + "{'uid':1000,'rule':'DENY','until':'2026-03-02T12:30:00Z'},"
            + "{'uid':10124,'rule':'ALLOW','until':'reboot'}]}");

    assertThat(run("chain", "show", "blocked")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            blocked: DENYLIST, enabled, 3 UIDs on its list

              UID  NAME   RULE   UNTIL
                0  root   DENY
             1000  alice  DENY   2026-03-02 18:00:00
            10123         DENY
            10124         ALLOW  the next boot
            """);
  }

  @Test
  void show_ofAnEmptyChain() {
    daemon.reply(
        "/v1/firewall/chains/night",
        200,
        "{'chain':'night','kind':'DENYLIST','enabled':false,'uids':[],'temporary':[]}");

    assertThat(run("chain", "show", "night")).isZero();

    assertThat(out()).isEqualTo("night: DENYLIST, disabled, 0 UIDs on its list\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chain enable dozable              | PUT /v1/firewall/chains/dozable              | {"enabled":true}  | chain dozable is enabled
          chain disable dozable             | PUT /v1/firewall/chains/dozable              | {"enabled":false} | chain dozable is disabled
          chain enable dozable --confirm 60s | PUT /v1/firewall/chains/dozable?confirm=60s | {"enabled":true}  | chain dozable is enabled
          chain create night                | POST /v1/firewall/chains                     | {"chain":"night","kind":"DENYLIST"} | chain night is there: DENYLIST, disabled and empty
          chain create day --kind ALLOWLIST | POST /v1/firewall/chains                     | {"chain":"day","kind":"ALLOWLIST"} | chain day is there: ALLOWLIST, disabled and empty
          chain delete night                | DELETE /v1/firewall/chains/night             | ``                | chain night is gone
          chain replace night alice 0 10123 | PUT /v1/firewall/chains/night/uids           | {"uids":[0,1000,10123]} | chain night has 3 UIDs on its list now
          chain replace night               | PUT /v1/firewall/chains/night/uids           | {"uids":[]}       | chain night has 0 UIDs on its list now
          lockdown deny alice               | PUT /v1/firewall/lockdown/uids/1000          | ``                | lockdown: alice (UID 1000) denied
          lockdown allow alice              | DELETE /v1/firewall/lockdown/uids/1000       | ``                | lockdown: alice (UID 1000) allowed
          local-network deny 10123          | PUT /v1/firewall/local-network/uids/10123    | ``                | local-network: UID 10123 denied
          local-network allow 10123         | DELETE /v1/firewall/local-network/uids/10123 | ``                | local-network: UID 10123 allowed
          interface-rules allow 10123       | DELETE /v1/firewall/interface-rules/uids/10123 | ``              | interface-rules: UID 10123 allowed
          internet-permission deny 10123    | PUT /v1/uids/10123/permissions               | {"internet":false} | internet-permission: UID 10123 denied
          internet-permission allow 10123   | PUT /v1/uids/10123/permissions               | {"internet":true} | internet-permission: UID 10123 allowed
          """)
  void change_isSentAndTold(String words, String request, String body, String told) {
    daemon.reply("/v1/firewall", 200, CHANGED).reply("/v1/uids", 200, CHANGED);

    assertThat(run(words.split(" "))).as(err()).isZero();

    assertThat(daemon.requests()).containsExactly(request, "GET /v1/health");
    assertThat(daemon.bodies().get(0)).isEqualTo(body);
    assertThat(out()).isEqualTo(told + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chain allow dozable alice                        | {"rule":"ALLOW"}
          chain deny dozable 1000                          | {"rule":"DENY"}
          chain reset dozable self                         | {"rule":"DEFAULT"}
          chain allow dozable alice --for 2h               | {"rule":"ALLOW","for":"2h"}
          chain allow dozable alice --until 2026-03-02T12:30:00Z | {"rule":"ALLOW","until":"2026-03-02T12:30:00Z"}
          chain deny dozable alice --until-reboot          | {"rule":"DENY","until":"reboot"}
          """)
  void rule_isSent_andTheResultingOneTold(String words, String body) {
    daemon.reply(
        "/v1/firewall",
        200,
        "{'chain':'dozable','uid':1000,'rule':'ALLOW','until':'2026-03-02T12:30:00Z',"
            + "'changed':true,'destroyedSockets':2,'problems':['a map is full']}");

    assertThat(run(words.split(" "))).as(err()).isZero();

    assertThat(daemon.requests()).startsWith("PUT /v1/firewall/chains/dozable/uids/1000");
    assertThat(daemon.bodies().get(0)).isEqualTo(body);
    assertThat(out())
        .isEqualTo(
            "alice (UID 1000): ALLOW on chain dozable until 2026-03-02 18:00:00;"
                + " 2 connections were ended\n");
    assertThat(err()).isEqualTo("note: not enforced yet: a map is full\n");
  }

  @Test
  void change_thatWaits_printsTheCommandThatKeepsIt() {
    daemon.reply(
        "/v1/firewall",
        200,
        "{'changed':true,'destroyedSockets':1,'pending':{'id':'7f3a','what':'dozable',"
            + "'undoneAt':'2026-03-02T10:31:00Z'},'problems':[]}");

    assertThat(run("chain", "enable", "dozable", "--confirm", "60s")).isZero();

    assertThat(out())
        .isEqualTo(
            "chain dozable is enabled; 1 connection was ended\n"
                + "it is undone at 2026-03-02 16:01:00 unless you run: uidnet confirm 7f3a"
                + " --state-dir "
                + dir
                + "\n");
  }

  @Test
  void change_thatChangesNothing_saysSo() {
    daemon.reply("/v1/firewall", 200, "{'changed':false,'problems':[]}");

    run("chain", "enable", "dozable");
    run("chain", "delete", "night");

    assertThat(out()).isEqualTo("chain dozable was enabled already\nthere was no chain night\n");
  }

  @Test
  void change_json() {
    daemon.reply("/v1/firewall", 200, CHANGED);

    assertThat(run("chain", "enable", "dozable", "--json")).isZero();

    assertThat(out()).contains("\"destroyedSockets\" : 0");
  }

  @Test
  void replace_fromAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("uids.txt"), "10123 alice\n\n0\n10123\n");
    daemon.reply("/v1/firewall", 200, CHANGED);

    assertThat(run("chain", "replace", "night", "--file", file.toString())).isZero();

    assertThat(daemon.bodies().get(0)).isEqualTo("{\"uids\":[0,1000,10123]}");
  }

  @Test
  void mistakes_areNamed_andNothingIsSent() {
    assertThat(runAsItIs("chain")).isEqualTo(2);
    assertThat(run("chain", "allow", "dozable", "bob")).isEqualTo(2);
    assertThat(run("chain", "replace", "night", "--file", dir + "/absent")).isEqualTo(2);
    assertThat(run("chain", "allow", "dozable", "1", "--for", "1h", "--until-reboot")).isEqualTo(2);
    assertThat(run("chain", "create", "x", "--kind", "METERED")).isEqualTo(2);
    assertThat(run("interface-rules", "deny", "1")).isEqualTo(2);

    assertThat(daemon.requests()).isEmpty();
    assertThat(err().lines())
        .contains(
            "uidnet chain: Missing required subcommand",
            "uidnet chain allow: this host has no user 'bob'; give its UID in digits, 0 to"
                + " 4294967294",
            "uidnet chain replace: --file: cannot read "
                + dir
                + "/absent (java.nio.file.NoSuchFileException: "
                + dir
                + "/absent)",
            "uidnet chain allow: Error: --for=TIME, --until-reboot are mutually exclusive (specify"
                + " only one)");
  }

  @Test
  void refusals_keepTheirExitCodes() {
    daemon
        .refuse("/v1/firewall/chains/none", 404, "There is no chain none")
        .refuse("/v1/firewall/chains/metered-allow", 409, "it has no switch")
        .refuse("/v1/firewall/chains", 403, "Only root may do this.");

    assertThat(run("chain", "show", "none")).isEqualTo(2);
    assertThat(run("chain", "enable", "metered-allow")).isEqualTo(2);
    assertThat(run("chain", "list")).isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            "uidnet chain show: the daemon refused (404): There is no chain none\n"
                + "uidnet chain enable: the daemon refused (409): it has no switch\n"
                + "uidnet chain list: the daemon refused (403): Only root may do this.\n");
  }

  @Test
  void noDaemon_isExitCode4() throws IOException {
    daemon.close();

    assertThat(run("chain", "enable", "dozable")).isEqualTo(4);
  }

  @Test
  void everyCommand_hasHelpWithExamples() {
    for (String command :
        new String[] {
          "chain",
          "chain list",
          "chain show",
          "chain enable",
          "chain disable",
          "chain allow",
          "chain deny",
          "chain reset",
          "chain replace",
          "chain create",
          "chain delete",
          "block",
          "allow",
          "explain",
          "drops",
          "confirm",
          "lockdown",
          "interface-rules",
          "local-network",
          "internet-permission"
        }) {
      assertThat(runAsItIs((command + " --help").split(" "))).isZero();
      assertThat(out()).contains("Examples:\n  uidnet " + command);
      assertThat(out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    }
  }
}
