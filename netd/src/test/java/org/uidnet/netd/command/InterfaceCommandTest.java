package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceCommandTest extends CommandTest {
  private static final String CHANGE =
      "{'changed':true,'at':'2026-03-02T10:30:00Z','destroyedSockets':2,'problems':[]}";

  @ParameterizedTest
  @ValueSource(strings = {"interface", "interface show"})
  void show_isAnInterfaceALine(String words) {
    daemon.reply(
        "/v1/interfaces",
        200,
        "{'interfaces':[{'iface':'wwan0','metered':true,'roaming':false,'type':'mobile'},"
            + "{'iface':'wg0','vpn':true,'network':'a\\u001bb'},{'iface':'eth0','metered':false}]}");

    assertThat(run(words.split(" "))).isZero();

    assertThat(out())
        .isEqualTo(
            """
            INTERFACE  IS
            wwan0      metered, type mobile
            wg0        vpn, network ab
            eth0       nothing of these
            """);
  }

  @Test
  void show_whereNothingWasSaid_saysSo() {
    daemon.reply("/v1/interfaces", 200, "{'interfaces':[]}");
    assertThat(run("interface")).isZero();
    assertThat(out()).isEqualTo("Nothing was said of any interface.\n");
  }

  @Test
  void set_leavesWhatIsNotNamed() {
    daemon.reply("/v1/interfaces/wwan0", 200, "{'iface':'wwan0','roaming':true,'type':'mobile'}");
    daemon.reply("/v1/interfaces/wwan0", 200, CHANGE);

    assertThat(run("interface", "set", "wwan0", "metered=yes", "network=home")).isZero();

    List<String> sent = daemon.bodies().stream().filter(body -> !body.isEmpty()).toList();
    assertThat(sent)
        .containsExactly(
            "{\"metered\":true,\"roaming\":true,\"type\":\"mobile\",\"network\":\"home\"}");
    assertThat(out()).isEqualTo("wwan0: metered=yes, network=home; 2 connections were ended\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dear=yes      | there is no 'dear' of an interface; there are metered, roaming, vpn, default
          metered       | 'metered' is no KEY=VALUE; write metered=yes
          metered=maybe | 'maybe' is neither on nor off
          """)
  void set_ofWhatThereIsNot_isBadUsage(String word, String message) {
    daemon.reply("/v1/interfaces/wwan0", 200, "{'iface':'wwan0'}");
    assertThat(run("interface", "set", "wwan0", word)).isEqualTo(2);
    assertThat(err()).contains(message);
  }
}
