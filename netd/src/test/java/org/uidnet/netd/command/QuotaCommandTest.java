package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaCommandTest extends CommandTest {
  private static final String MOBILE =
      "{'id':'mobile','template':{'uids':[1000,10123],'iface':'wwan0','metered':true},"
          + "'cycle':{'day':5,'timeZone':'Asia/Kolkata'},'warningBytes':1500,'limitBytes':2048,"
          + "'enabled':true,'state':'ok','used':1024,'left':1024,"
          + "'cycleStart':'2026-02-04T18:30:00Z','cycleEnd':'2026-03-04T18:30:00Z',"
          + "'forecast':1100,'limitSnoozed':false,'warningSnoozed':false}";
  private static final String ALL =
      "{'id':'all','template':{'metered':false},'cycle':{'start':'2026-01-01T00:00:00Z',"
          + "'period':'PT24H'},'enabled':false,'state':'ok','used':0,"
          + "'cycleStart':'2026-03-02T00:00:00Z','cycleEnd':'2026-03-03T00:00:00Z',"
          + "'limitSnoozed':false,'warningSnoozed':false}";
  private static final String CHANGED =
      "{'changed':true,'at':'2026-03-02T10:30:00Z','destroyedSockets':0,'problems':[],"
          + "'cycleEnd':'2026-03-04T18:30:00Z'}";

  @Test
  void list_isATableWithBars() {
    daemon.reply("/v1/quotas", 200, "{'quotas':[" + ALL + "," + MOBILE + "]}");

    assertThat(run("quota", "list")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            QUOTA   FOR                                     USED     LIMIT              STATE        COUNTS ANEW
            all     everybody                                0 B         -              only counts  2026-03-03 05:30
            mobile  alice, UID 10123 on wwan0, metered  1.00 KiB  2.00 KiB  ██████████  ok           2026-03-05
            """);
  }

  @Test
  void list_ofNone_saysHowToMakeOne() {
    daemon.reply("/v1/quotas", 200, "{'quotas':[]}");
    assertThat(run("quota", "list")).isZero();
    assertThat(out()).startsWith("There are no quotas.");
  }

  @Test
  void show_isAFactALine() {
    daemon.reply("/v1/quotas/mobile", 200, MOBILE);

    assertThat(run("quota", "show", "mobile", "--bytes")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            quota     mobile
            for       alice, UID 10123 on wwan0, metered
            state     ok
            used      1024 B of 2048 B  ██████████
            left      1024 B
            warning   1500 B
            forecast  1100 B
            cycle     2026-02-05 to 2026-03-05
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --limit 10MB                              | {"template":{},"cycle":{"day":1,"timeZone":"Asia/Kolkata"},"limitBytes":10000000}
          --uid alice,7 --limit 2GiB --day 31 --time-zone UTC | {"template":{"uids":[1000,7]},"cycle":{"day":31,"timeZone":"UTC"},"limitBytes":2147483648}
          --iface eth0 --warning 1.5kB --every PT6H | {"template":{"iface":"eth0"},"cycle":{"start":"now","period":"PT6H"},"warningBytes":1500}
          """)
  void set_ofANewQuota(String options, String body) {
    daemon.refuse("/v1/quotas/q", 404, "There is no quota");
    daemon.reply("/v1/quotas/q", 200, CHANGED);

    assertThat(run(("quota set q " + options).split(" "))).as(err()).isZero();

    assertThat(daemon.requests()).startsWith("GET /v1/quotas/q", "PUT /v1/quotas/q");
    assertThat(daemon.bodies().get(1)).isEqualTo(body);
    assertThat(out()).isEqualTo("quota q is made\n");
  }

  /** What is not given stays. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --limit 4096          | {"day":5,"timeZone":"Asia/Kolkata"},"warningBytes":1500,"limitBytes":4096,"enabled":true}
          --no-limit --day 6    | {"day":6,"timeZone":"Asia/Kolkata"},"warningBytes":1500,"enabled":true}
          --no-enabled --no-warning | {"day":5,"timeZone":"Asia/Kolkata"},"limitBytes":2048,"enabled":false}
          """)
  void set_ofAnExistingQuota_changesWhatIsGiven(String options, String rest) {
    daemon.reply("/v1/quotas/mobile", 200, MOBILE);
    daemon.reply("/v1/quotas/mobile", 200, CHANGED);

    assertThat(run(("quota set mobile " + options).split(" "))).as(err()).isZero();

    assertThat(daemon.bodies().get(1))
        .isEqualTo(
            "{\"template\":{\"uids\":[1000,10123],\"iface\":\"wwan0\",\"metered\":true},\"cycle\":"
                + rest);
    assertThat(out()).isEqualTo("quota mobile is changed\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          quota delete mobile --confirm 60s | DELETE /v1/quotas/mobile?confirm=60s | ``                                | quota mobile is gone
          quota snooze mobile               | POST /v1/quotas/mobile/snooze        | {"what":"LIMIT","snoozed":true}   | the limit of quota mobile sleeps until 2026-03-05 00:00:00
          quota snooze mobile --warning     | POST /v1/quotas/mobile/snooze        | {"what":"WARNING","snoozed":true} | the warning of quota mobile sleeps until 2026-03-05 00:00:00
          quota snooze mobile --off         | POST /v1/quotas/mobile/snooze        | {"what":"LIMIT","snoozed":false}  | the limit of quota mobile is awake
          """)
  void change_saysWhatItDid(String words, String request, String body, String sentence) {
    daemon.reply("/v1/quotas/mobile", 200, CHANGED);

    assertThat(run(words.split(" "))).as(err()).isZero();

    assertThat(daemon.requests().get(0)).isEqualTo(request);
    assertThat(daemon.bodies().get(0)).isEqualTo(body);
    assertThat(out()).isEqualTo(sentence + "\n");
  }

  @ParameterizedTest
  @CsvSource({"10Mb", "-5", "1e6", "9223372036854775808", "1.5", "5 apples"})
  void amounts_thatAreNone_areBadUsage(String amount) {
    assertThat(run("quota", "set", "q", "--limit=" + amount)).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err()).contains("is no number of bytes; write 5000, 10MB");
    assertThat(daemon.requests()).isEmpty();
  }
}
