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
