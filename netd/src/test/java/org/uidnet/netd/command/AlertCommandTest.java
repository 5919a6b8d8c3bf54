package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertCommandTest extends CommandTest {
  private static final String ANN =
      "{'id':3,'owner':1000,'template':{'uids':[1000],'iface':'wlan0','types':['wifi'],"
          + "'networks':['Cafe*'],'metered':true,'roaming':false},'thresholdBytes':2048,"
          + "'usedBytes':1024}";
  private static final String ALL =
      "{'id':12,'owner':0,'template':{'networks':['Cafe*'],'roaming':false},'thresholdBytes':5,'usedBytes':0}";

  @Test
  void list_isATable() {
    daemon.reply("/v1/alerts", 200, "{'alerts':[" + ANN + "," + ALL + "]}");

    assertThat(run("alert", "list")).as(err()).isZero();

    assertThat(out())
        .isEqualTo(
            """
            ALERT  FOR                                           USED  THRESHOLD
                3  alice (UID 1000) on wlan0, types wifi, …  1.00 KiB   2.00 KiB
               12  everybody, networks Cafe*, not roaming         0 B        5 B
            """);
  }

  @Test
  void list_ofNone_saysHowToMakeOne() {
    daemon.reply("/v1/alerts", 200, "{'alerts':[]}");
    assertThat(run("alert", "list")).isZero();
    assertThat(out()).startsWith("There are no alerts.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          10MB                                         | {"template":{},"thresholdBytes":10000000}
          2GiB --uid alice,7 --iface wlan0             | {"template":{"uids":[1000,7],"iface":"wlan0"},"thresholdBytes":2147483648}
          5 --type wifi,vpn --network a,b --metered --roaming=false --default | {"template":{"types":["wifi","vpn"],"networks":["a,b"],"metered":true,"roaming":false,"default":true},"thresholdBytes":5}
          """)
  void add_asksForWhatWasGiven(String options, String body) {
    daemon.reply("/v1/alerts", 200, ANN);

    assertThat(run(("alert add " + options).split(" "))).as(err()).isZero();

    assertThat(daemon.requests()).startsWith("POST /v1/alerts");
    assertThat(daemon.bodies().get(0)).isEqualTo(body);
    assertThat(out()).isEqualTo("alert 3 is made\n");
  }

  @Test
  void add_ofARadio_isBadUsage() {
    assertThat(run("alert", "add", "5", "--radio", "lte")).isEqualTo(2);
    assertThat(err()).contains("--radio: alerts do not tell radios apart");
  }

  @Test
  void delete_saysWhetherThereWasOne() {
    daemon.reply("/v1/alerts/3", 200, "{'changed':true,'at':'2026-03-02T10:30:00Z'}");
    assertThat(run("alert", "delete", "3")).isZero();
    assertThat(daemon.requests()).startsWith("DELETE /v1/alerts/3");
    assertThat(out()).isEqualTo("alert 3 is gone\n");
  }

  @Test
  void delete_ofWhatIsNotThere_isNoError() {
    daemon.reply("/v1/alerts/4", 200, "{'changed':false,'at':'2026-03-02T10:30:00Z'}");
    assertThat(run("alert", "delete", "4")).isZero();
    assertThat(out()).isEqualTo("there was no alert 4 of yours\n");
  }
}
