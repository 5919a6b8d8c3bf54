package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateCommandTest extends CommandTest {
  private static final String CHANGE =
      "{'changed':true,'at':'2026-03-02T10:30:00Z','destroyedSockets':1,'problems':[]}";
  private static final String UNCHANGED = CHANGE.replace("true", "false").replace(":1", ":0");

  /** The last that was sent. */
  private String body() {
    List<String> sent = daemon.bodies().stream().filter(body -> !body.isEmpty()).toList();
    return sent.get(sent.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "state show"})
  void show_isAStateALine(String words) {
    daemon.reply("/v1/device-state", 200, "{'deviceIdle':true,'batterySaver':false}");

    assertThat(run(words.split(" "))).isZero();

    assertThat(out())
        .isEqualTo(
            """
            STATE
            device-idle    on
            battery-saver  off
            """);
  }

  @Test
  void set_sendsWhatIsNamed_howeverItIsSpelled() {
    daemon.reply("/v1/device-state", 200, CHANGE);

    assertThat(run("state", "set", "device-idle=on", "screenOn=false", "DATA_SAVER=yes")).isZero();

    assertThat(body()).isEqualTo("{\"deviceIdle\":true,\"dataSaver\":true,\"screenOn\":false}");
    assertThat(out())
        .isEqualTo(
            "state: device-idle=on, screenOn=false, DATA_SAVER=yes; 1 connection was ended\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dozing=on      | there is no state 'dozing'; states are device-idle, battery-saver, data-saver
          device-idle    | 'device-idle' is no KEY=VALUE; write device-idle=on
          charging=maybe | 'maybe' is neither on nor off
          """)
  void set_ofWhatThereIsNot_isBadUsage(String word, String message) {
    assertThat(run("state", "set", word)).isEqualTo(2);
    assertThat(err()).contains(message);
  }

  @Test
  void process_saysFromWhenOnItIsInTheBackground() {
    daemon.reply(
        "/v1/uids/1000/process-state",
        200,
        "{'uid':1000,'state':'CACHED_EMPTY','stale':false,'effectiveAt':'2026-03-02T10:30:05Z',"
            + CHANGE.substring(1));

    assertThat(run("state", "process", "alice", "CACHED_EMPTY")).isZero();

    assertThat(body()).isEqualTo("{\"state\":\"CACHED_EMPTY\",\"capabilities\":[]}");
    assertThat(out())
        .isEqualTo(
            "alice (UID 1000) is CACHED_EMPTY; in the background from 2026-03-02 16:00:05 on\n");
  }

  @Test
  void process_takesCapabilities() {
    daemon.reply("/v1/uids/7/process-state", 200, "{'uid':7,'state':'SERVICE'}");

    assertThat(run("state", "process", "7", "SERVICE", "--capability", "POWER_RESTRICTED_NETWORK"))
        .isZero();

    assertThat(body())
        .isEqualTo("{\"state\":\"SERVICE\",\"capabilities\":[\"POWER_RESTRICTED_NETWORK\"]}");
    assertThat(run("state", "process", "7", "BUSY")).isEqualTo(2);
  }

  @Test
  void idleAndPolicy_areSet() {
    daemon.reply("/v1/uids/1000/idle", 200, UNCHANGED);
    daemon.reply("/v1/uids/1000/policy", 200, CHANGE);

    assertThat(run("state", "idle", "alice", "on")).isZero();
    assertThat(run("state", "policy", "alice", "REJECT_METERED_BACKGROUND")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            alice (UID 1000) is idle, as before
            policy of alice (UID 1000): REJECT_METERED_BACKGROUND; 1 connection was ended
            """);
  }

  @Test
  void uid_showsWhatItsStateDoesToIt() {
    daemon.reply(
        "/v1/uids/1000",
        200,
        "{'uid':1000,'name':'alice','processState':'SERVICE',"
            + "'capabilities':['POWER_RESTRICTED_NETWORK'],'idle':true,'policy':'NONE',"
            + "'restrictBackground':'ENABLED','blocked':false,'reasons':[],"
            + "'meteredReasons':['METERED_DATA_SAVER']}");

    assertThat(run("state", "uid", "alice")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            alice (UID 1000)
              processes        SERVICE with POWER_RESTRICTED_NETWORK
              idle             yes
              metered policy   NONE
              data saver       on, restricted
              blocked          no
              blocked, metered METERED_DATA_SAVER
            """);
  }

  @Test
  void allowlist_isShownWithEnds() {
    daemon.reply(
        "/v1/allowlists/power-save",
        200,
        "{'name':'power-save','uids':[1000,7],'temporary':[{'uid':7,'rule':'ALLOW',"
            + "'until':'reboot'}]}");
    daemon.reply("/v1/allowlists/low-power-standby", 200, "{'uids':[],'temporary':[]}");

    assertThat(run("allowlist", "show", "power-save")).isZero();
    assertThat(run("allowlist", "show", "low-power-standby")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            alice (UID 1000)
            UID 7 until the next boot
            Nobody is on low-power-standby.
            """);
  }

  @Test
  void allowlist_isChanged() {
    daemon.reply("/v1/allowlists/power-save/uids/1000", 200, CHANGE);
    daemon.reply("/v1/allowlists/power-save/temporary", 200, CHANGE);
    daemon.reply("/v1/allowlists/power-save", 200, UNCHANGED);

    assertThat(run("allowlist", "add", "power-save", "alice")).isZero();
    assertThat(run("allowlist", "remove", "power-save", "alice")).isZero();
    assertThat(run("allowlist", "add", "power-save", "7", "--for", "10m")).isZero();
    assertThat(body()).isEqualTo("{\"uid\":7,\"for\":\"10m\"}");
    assertThat(run("allowlist", "replace", "power-save", "7", "alice")).isZero();
    assertThat(body()).isEqualTo("{\"uids\":[7,1000]}");

    assertThat(out().lines())
        .containsExactly(
            "alice (UID 1000) is on power-save; 1 connection was ended",
            "alice (UID 1000) is not on power-save; 1 connection was ended",
            "UID 7 is on power-save; 1 connection was ended",
            "power-save had those UIDs already");
  }
}
