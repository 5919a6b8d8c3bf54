package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.TracedPacket.Headers;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Layouts;

class PacketHeadersTest {
  private static final Optional<Integer> NO = Optional.empty();

  @Test
  void tcp_hasPortsAndFlags() {
    assertThat(PacketHeaders.of(packet(6, 443, 50_000, 0x12)))
        .isEqualTo(
            new Headers(
                6,
                6,
                Optional.of("tcp"),
                Optional.of(443),
                Optional.of(50_000),
                NO,
                NO,
                Optional.of("SA")));
    assertThat(PacketHeaders.of(packet(6, 1, 2, 0xff)).tcpFlags()).contains("FSRPAUEC");
    assertThat(PacketHeaders.of(packet(6, 1, 2, 0)).tcpFlags()).contains("");
  }

  @Test
  void udp_hasPorts_alsoWhenOneIsZero() {
    Headers headers = PacketHeaders.of(packet(17, 0, 53, 0));

    assertThat(headers.sourcePort()).contains(0);
    assertThat(headers.targetPort()).contains(53);
    assertThat(headers.tcpFlags()).isEmpty();
  }

  @Test
  void icmp_hasTypeAndCode_andEchoRepliesAreZero() {
    Headers reply = PacketHeaders.of(packet(1, 0, 0, 0));

    assertThat(reply.icmpType()).contains(0);
    assertThat(reply.icmpCode()).contains(0);
    assertThat(reply.sourcePort()).isEmpty();
    assertThat(PacketHeaders.of(packet(58, 128, 0, 0)).icmpType()).contains(128);
  }

  @Test
  void laterFragment_hasNoPorts() {
    Headers headers = PacketHeaders.of(packet(6, 0, 0, 0));

    assertThat(headers.sourcePort()).isEmpty();
    assertThat(headers.tcpFlags()).isEmpty();
  }

  @Test
  void rareProtocol_hasItsNumberOnly() {
    assertThat(PacketHeaders.of(packet(253, 0, 0, 0)))
        .isEqualTo(new Headers(6, 253, Optional.empty(), NO, NO, NO, NO, Optional.empty()));
  }

  private static Trace packet(int protocol, int source, int target, int flags) {
    return new Trace(
        1,
        7,
        3,
        2,
        60,
        1000,
        1000,
        0,
        source,
        target,
        Layouts.REASON_NONE,
        true,
        6,
        protocol,
        flags,
        false);
  }
}
