package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandTest extends CommandTest {
  private static final String TOKENS = "/v1/tokens";

  @Test
  void list_isATable() {
    daemon.reply(
        TOKENS,
        200,
        "{'tokens':[{'id':3,'name':'grafana','createdAt':'2026-03-01T12:00:00Z'},"
            + "{'id':12,'name':'job','createdAt':'2026-03-02T10:00:00Z',"
            + "'expiresAt':'2026-04-01T10:00:00Z'}]}");

    assertThat(run("token", "list")).as(err()).isZero();

    assertThat(out())
        .isEqualTo(
            """
            TOKEN  FOR      MADE              GOOD UNTIL
                3  grafana  2026-03-01 17:30  no end
               12  job      2026-03-02 15:30  2026-04-01 15:30
            """);
  }

  @Test
  void list_ofNone_saysHowToMakeOne() {
    daemon.reply(TOKENS, 200, "{'tokens':[]}");
    assertThat(run("token", "list")).isZero();
    assertThat(out()).startsWith("There are no tokens.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          grafana                           | {"name":"grafana"}
          job --for 30d                     | {"name":"job","for":"30d"}
          job --until 2027-01-01T00:00:00Z  | {"name":"job","until":"2027-01-01T00:00:00Z"}
          """)
  void create_printsTheSecretAlone(String words, String body) {
    daemon.reply(TOKENS, 200, "{'id':3,'name':'x','token':'SECRET'}");

    assertThat(run(("token create " + words).split(" "))).as(err()).isZero();

    assertThat(daemon.requests()).startsWith("POST " + TOKENS);
    assertThat(daemon.bodies().get(0)).isEqualTo(body);
    assertThat(out()).isEqualTo("SECRET\n");
    assertThat(err()).isEqualTo("note: this is token 3; it is not shown again\n");
  }

  @Test
  void create_withTwoEnds_isBadUsage() {
    assertThat(run("token", "create", "a", "--for=1d", "--until=now")).isEqualTo(2);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void revoke_saysWhetherThereWasOne() {
    daemon
        .reply(TOKENS + "/3", 200, "{'changed':true,'at':'2026-03-02T10:30:00Z'}")
        .reply(TOKENS + "/3", 200, "{'changed':false,'at':'2026-03-02T10:30:00Z'}");

    assertThat(run("token", "revoke", "3")).isZero();
    assertThat(run("token", "revoke", "3")).isZero();

    assertThat(daemon.requests()).contains("DELETE " + TOKENS + "/3");
    assertThat(out()).isEqualTo("token 3 is revoked\nthere was no token 3\n");
  }
}
