package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceCommandTest extends CommandTest {
  private static final String SYN =
      "{'event':'packet','time':'2026-03-02T10:30:05.123456789Z','iface':'eth0',"
          + "'direction':'egress','kind':'uid','uid':1000,'name':'alice','owner':1000,'tag':4097,"
          + "'length':60,'ipVersion':4,'protocol':6,'protocolName':'tcp','sourcePort':50000,"
          + "'targetPort':443,'tcpFlags':'S','wakeup':false,'verdict':'passed'}\n";

  private static String packet(String... changes) {
    String packet = SYN;
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(packet).contains(changes[i]);
      packet = packet.replace(changes[i], changes[i + 1]);
    }
    return packet;
  }

  private void trace(String events) {
    daemon.reply("/v1/trace", 200, events);
  }

  /** Without the time, which is tested once. */
  private String line() {
    return out().strip().substring("16:00:05.123456 ".length());
  }

  @Test
  void packet_readsLikeTcpdump() {
    trace(SYN);

    assertThat(run("trace", "--count", "1")).isZero();

    assertThat(out())
        .isEqualTo(
            "16:00:05.123456 eth0 Out IP alice (1000) tcp 50000 > 443: Flags [S], length 60,"
                + " tag 0x1001\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void flags_areInTcpdumpsLetters() {
    trace(packet("'S'", "'SPAC'"));

    run("trace", "--count", "1");

    assertThat(line()).contains("Flags [SP.W]");
  }

  @Test
  void droppedPacket_tellsWhy() {
    trace(packet("'passed'", "'dropped','reason':'BATTERY_SAVER'", "'tag':4097", "'tag':0"));

    run("trace", "--count", "1");

    assertThat(line()).endsWith("length 60, DROPPED BATTERY_SAVER");
  }

  @Test
  void packetChargedToAnother_tellsBoth() {
    trace(packet("'owner':1000", "'owner':1001", "'egress'", "'ingress'"));

    run("trace", "--count", "1");

    assertThat(line()).startsWith("eth0 In  IP alice (1000, socket of 1001) tcp");
  }

  @Test
  void packetOfNobodyKnown_andOfARareProtocol_isShownAsFarAsItCan() {
    trace(
        "{'event':'packet','time':'2026-03-02T10:30:05.123456789Z','iface':'netns:9/if7',"
            + "'direction':'egress','kind':'foreign','tag':0,'length':60,'ipVersion':6,"
            + "'protocol':253,'wakeup':true,'verdict':'passed'}\n");

    run("trace", "--count", "1");

    assertThat(line())
        .isEqualTo("netns:9/if7 Out IP6 (foreign user namespace) protocol 253: length 60, wakeup");
  }

  @Test
  void ping_isNamed() {
    String ports = "'protocol':6,'protocolName':'tcp','sourcePort':50000,'targetPort':443,";
    String flags = "'tcpFlags':'S',";
    String icmp = "'protocol':1,'protocolName':'icmp','icmpType':%d,'icmpCode':%d,";
    trace(
        packet(ports, icmp.formatted(8, 0), flags, "")
            + packet(ports, icmp.formatted(0, 0), flags, "")
            + packet(ports, icmp.formatted(3, 13), flags, ""));

    run("trace", "--count", "3");

    assertThat(out()).contains("icmp echo request:", "icmp echo reply:", "icmp type 3 code 13:");
  }

  @Test
  void options_becomeParameters() {
    trace(SYN);

    run("trace", "--uid", "alice", "--every", "10", "--dropped", "--iface=lo", "--count", "1");

    assertThat(daemon.requests()).contains("GET /v1/trace?uid=1000&every=10&iface=lo&dropped=true");
  }

  @Test
  void json_isEachEventAsItCame() {
    trace(SYN + SYN);

    assertThat(run("trace", "--json", "--count", "2")).isZero();

    assertThat(out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"event\":\"packet\""));
  }

  @Test
  void gap_isTold_beside() {
    trace(
        SYN
            + "{'event':'gap','cause':'SLOW_CLIENT','count':12}\n"
            + "{'event':'gap','cause':'KERNEL_BUFFER_FULL','count':7}\n"
            + SYN);

    assertThat(run("trace", "--count", "2")).isZero();

    assertThat(out().lines()).hasSize(2);
    assertThat(err())
        .contains("12 events are missing here: they came faster than we print")
        .contains("7 packets are missing here, of all traces together");
  }

  @Test
  void daemonThatEnds_isAFailure() {
    trace(SYN);

    assertThat(run("trace")).isEqualTo(1);

    assertThat(out().lines()).hasSize(1);
    assertThat(err()).isEqualTo("uidnet trace: the daemon has ended: no more events\n");
  }

  @Test
  void whoMayNotSeeAll_tracesItself() {
    daemon.reply("/v1/trace?every=2&uid=self", 200, SYN);
    daemon.refuse("/v1/trace", 403, "own only");

    assertThat(run("trace", "--every", "2", "--count", "1")).isZero();

    assertThat(err()).contains("showing your own usage only (UID 1000)");
    assertThat(out().lines()).hasSize(1);
  }
}
