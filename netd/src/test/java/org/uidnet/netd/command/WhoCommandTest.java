package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhoCommandTest extends CommandTest {
  private void replies() {
    daemon
        .reply("/v1/usage/summary", 200, "{'total':{'rxBytes':1048576,'txBytes':2048}}")
        .reply("/v1/usage/summary", 200, "{'total':{'rxBytes':5368709120,'txBytes':2048}}");
  }

  @Test
  void who_todayAndThisMonthInTheCallersZone() {
    replies();

    assertThat(run("who")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            You are alice (UID 1000)

                        RECEIVED      SENT     TOTAL
            today       1.00 MiB  2.00 KiB  1.00 MiB
            this month  5.00 GiB  2.00 KiB  5.00 GiB
            """);
    assertThat(daemon.requests())
        .startsWith(
            "GET /v1/health",
            "GET /v1/usage/summary?uid=self&from=2026-03-01T18%3A30%3A00Z&to=now",
            "GET /v1/usage/summary?uid=self&from=2026-02-28T18%3A30%3A00Z&to=now");
  }

  @Test
  void who_bySetAndTag() {
    String rows =
        "{'rows':[{'set':'DEFAULT','tag':0,'rxBytes':100,'txBytes':200},"
            + "{'set':'DEFAULT','tag':4097,'rxBytes':20,'txBytes':80}],'total':{}}";
    daemon.reply("/v1/usage/summary", 200, rows);

    assertThat(run("who", "--by", "set,tag", "--set", "DEFAULT", "--tag", "0")).isZero();

    assertThat(out())
        .isEqualTo(
            """
            You are alice (UID 1000)

                        OF                  RECEIVED   SENT  TOTAL
            today       DEFAULT all tags       100 B  200 B  300 B
            today       DEFAULT tag 0x1001      20 B   80 B  100 B
            this month  DEFAULT all tags       100 B  200 B  300 B
            this month  DEFAULT tag 0x1001      20 B   80 B  100 B
            """);
    assertThat(daemon.requests().get(1))
        .isEqualTo(
            "GET /v1/usage/summary?uid=self&from=2026-03-01T18%3A30%3A00Z&to=now"
                + "&by=set%2Ctag&set=DEFAULT&tag=0");
  }

  @Test
  void who_json() {
    replies();

    assertThat(run("who", "--json")).isZero();

    assertThat(out().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"uid\":1000,\"name\":\"alice\","
                + "\"today\":{\"total\":{\"rxBytes\":1048576,\"txBytes\":2048}},"
                + "\"month\":{\"total\":{\"rxBytes\":5368709120,\"txBytes\":2048}}}");
  }

  @Test
  void who_withoutIdentity() {
    daemon.refuse("/v1/usage/summary", 401, "who are you?");

    assertThat(run("who")).isEqualTo(3);
  }
}
