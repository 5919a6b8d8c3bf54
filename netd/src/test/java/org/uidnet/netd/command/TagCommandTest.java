package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagCommandTest extends CommandTest {
  private static final String TAGS = "/v1/sockets/tags";
  private static final String TAGGED =
      "{'tagged':true,'changed':%s,'cookie':4134,'owner':1000,'tag':61453,'chargeUid':1000}";

  @Test
  void set_byDescriptor() {
    daemon.reply(TAGS, 200, TAGGED.formatted(true));

    assertThat(run("tag", "set", "--pid", "4711", "--fd", "7", "--tag", "0xF00D")).isZero();

    assertThat(daemon.requests()).containsExactly("POST " + TAGS, "GET /v1/health");
    assertThat(daemon.bodies().get(0)).isEqualTo("{\"pid\":4711,\"fd\":7,\"tag\":61453}");
    assertThat(out())
        .isEqualTo(
            "descriptor 7 of process 4711 is tagged 0xf00d and charged to alice (UID 1000)\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void set_byEnds_chargedToAnother() {
    daemon.reply(TAGS, 200, TAGGED.formatted(false));

    assertThat(
            run(
                "tag",
                "set",
                "--pid=4711",
                "--protocol=tcp",
                "--local=[::1]:5",
                "--remote=[::1]:6",
                "--tag=7",
                "--charge=alice"))
        .isZero();

    assertThat(daemon.bodies().get(0))
        .isEqualTo(
            "{\"pid\":4711,\"protocol\":\"tcp\",\"local\":\"[::1]:5\",\"remote\":\"[::1]:6\","
                + "\"tag\":7,\"chargeUid\":1000}");
    assertThat(out())
        .isEqualTo(
            "the socket of process 4711 is tagged 0xf00d and charged to alice (UID 1000), as"
                + " before\n");
  }

  @Test
  void clear_namesTheSocketInTheQuery() {
    daemon
        .reply(TAGS, 200, "{'tagged':false,'changed':true,'cookie':4134,'owner':1000}")
        .reply(TAGS, 200, "{'tagged':false,'changed':false,'cookie':4134,'owner':1000}");

    assertThat(run("tag", "clear", "--pid", "4711", "--fd", "7")).isZero();
    assertThat(run("tag", "clear", "--pid=4711", "--protocol=udp", "--local=[::1]:5", "--strict"))
        .isZero();

    assertThat(daemon.requests())
        .contains(
            "DELETE " + TAGS + "?pid=4711&fd=7",
            "DELETE " + TAGS + "?pid=4711&protocol=udp&local=%5B%3A%3A1%5D%3A5&strict=true");
    assertThat(out())
        .isEqualTo(
            """
            descriptor 7 of process 4711 has no tag any more
            the socket of process 4711 had no tag
            """);
  }

  @Test
  void json_isTheAnswerAsItCame() {
    daemon.reply(TAGS, 200, "{'tagged':true,'new':1}");

    assertThat(run("tag", "set", "--pid=1", "--fd=3", "--tag=1", "--json")).isZero();

    assertThat(out()).contains("\"new\" : 1");
  }

  @Test
  void refusal_isToldWithItsExitCode() {
    daemon.refuse(TAGS, 403, "The socket is not one of UID 1000.");

    assertThat(run("tag", "set", "--pid=1", "--fd=3", "--tag=1")).isEqualTo(ExitCode.NOT_PERMITTED);

    assertThat(err()).contains("the daemon refused (403): The socket is not one of UID 1000.");
  }

  @Test
  void badWords_askNothing() {
    assertThat(run("tag", "set", "--fd=3", "--tag=1")).isEqualTo(2);
    assertThat(run("tag", "set", "--pid=1", "--fd=3", "--tag=0x100000000")).isEqualTo(2);
    assertThat(run("tag", "set", "--pid=1", "--fd=3", "--tag=1", "--charge=bob")).isEqualTo(2);
    assertThat(runAsItIs("tag")).isEqualTo(2);

    assertThat(daemon.requests()).isEmpty();
    assertThat(err())
        .contains("Missing required option: '--pid=PID'")
        .contains("'0x100000000' is no tag; write 0xF00D or 0 to 4294967295")
        .contains("this host has no user 'bob'")
        .contains("Missing required subcommand");
  }
}
