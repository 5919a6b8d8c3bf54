package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One packet as a line, in the way of tcpdump: {@code 16:00:05.123456 eth0 Out IP alice (1000) tcp
 * 50000 > 443: Flags [S], length 60}.
 */
final class TraceLine {
  private static final int NO_OWNER = -1;

  private final LocalTimes times;
  private final Style style;

  TraceLine(LocalTimes times, Style style) {
    this.times = times;
    this.style = style;
  }

  String of(JsonNode packet) {
    return "%s %s %s %s %s %s: %s"
        .formatted(
            times.microsecond(packet.path("time").asText()),
            Text.plain(packet.path("iface").asText()),
            packet.path("direction").asText().equals("egress") ? "Out" : "In ",
            packet.path("ipVersion").asInt() == 6 ? "IP6" : "IP",
            Line.of(packet).who(socketOf(packet)),
            ends(packet),
            String.join(", ", details(packet)));
  }

  /** Whoever is charged may not be who sends. */
  private static String socketOf(JsonNode packet) {
    long owner = packet.path("owner").asLong(NO_OWNER);
    return owner == packet.path("uid").asLong(NO_OWNER) ? "" : ", socket of " + owner;
  }

  private static String ends(JsonNode packet) {
    String protocol =
        packet.path("protocolName").asText("protocol " + packet.path("protocol").asText());
    if (packet.has("sourcePort")) {
      return "%s %s > %s"
          .formatted(
              protocol, packet.path("sourcePort").asText(), packet.path("targetPort").asText());
    }
    return packet.has("icmpType") ? protocol + " " + message(packet) : protocol;
  }

  private static String message(JsonNode packet) {
    int type = packet.path("icmpType").asInt();
    boolean ipv6 = packet.path("ipVersion").asInt() == 6;
    if (type == (ipv6 ? 128 : 8)) {
      return "echo request";
    }
    return type == (ipv6 ? 129 : 0)
        ? "echo reply"
        : "type " + type + " code " + packet.path("icmpCode").asText();
  }

  private List<String> details(JsonNode packet) {
    List<String> details = new ArrayList<>();
    if (packet.has("tcpFlags")) {
      details.add("Flags [" + flags(packet.path("tcpFlags").asText()) + "]");
    }
    details.add("length " + packet.path("length").asText());
    if (packet.path("tag").asLong() != 0) {
      details.add("tag 0x" + Long.toHexString(packet.path("tag").asLong()));
    }
    if (packet.path("wakeup").asBoolean()) {
      details.add("wakeup");
    }
    if (packet.has("reason")) {
      details.add(style.warning("DROPPED " + Text.plain(packet.path("reason").asText())));
    }
    return details;
  }

  /** In tcpdump's letters: a dot for ACK, W for CWR. */
  private static String flags(String letters) {
    return letters.isEmpty() ? "none" : letters.replace('A', '.').replace('C', 'W');
  }
}
