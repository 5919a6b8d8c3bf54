package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One line of usage in an answer of the daemon, in the outside's words: what a newer daemon calls a
 * kind or a set is shown as it is.
 *
 * @param key the fields that say whose traffic it is
 */
record Line(JsonNode key, Amounts amounts) {

  /** Bytes and packets of both directions. */
  record Amounts(long rxBytes, long rxPackets, long txBytes, long txPackets) {
    static Amounts of(JsonNode node) {
      return new Amounts(
          node.path("rxBytes").asLong(),
          node.path("rxPackets").asLong(),
          node.path("txBytes").asLong(),
          node.path("txPackets").asLong());
    }

    long bytes() {
      return rxBytes + txBytes;
    }
  }

  static Line of(JsonNode node) {
    return new Line(node, Amounts.of(node));
  }

  static List<Line> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(Line::of).toList();
  }

  Optional<String> text(String field) {
    JsonNode value = key.path(field);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  /** The UID's digits; a dash for what is nobody's. */
  String uid() {
    return text("uid").orElse("-");
  }

  /** The name of the UID, or in words what the line stands for. */
  String name() {
    return text("name").orElseGet(() -> nameOfKind(text("kind").orElse("")));
  }

  /**
   * {@code alice (1000)}, or what is known of it, safe to be shown.
   *
   * @param more what follows the UID
   */
  String who(String more) {
    String name = Text.plain(name());
    if (text("uid").isEmpty()) {
      return name;
    }
    return name.isEmpty() ? "UID " + uid() + more : name + " (" + uid() + more + ")";
  }

  /** The interface; of a tunnel, that its traffic is told of the interfaces below it, too. */
  String iface() {
    return text("iface").orElse("-") + (key.path("inner").asBoolean() ? " (inner)" : "");
  }

  /** As people write tags; the untagged line is the total, of which tagged ones are part. */
  String tag() {
    return text("tag").map(Long::parseLong).map(Line::tag).orElse("-");
  }

  private static String tag(long tag) {
    return tag == 0 ? "all" : "0x" + Long.toHexString(tag);
  }

  /** What it is split by, such as {@code 1000 alice eth0}; empty where by nothing. */
  String label() {
    return Stream.of("kind", "uid", "name", "set", "tag", "iface", "network", "type", "metered")
        .filter(field -> !field.equals("kind") || text("uid").isEmpty())
        .flatMap(field -> text(field).map(value -> word(field, value)).stream())
        .collect(Collectors.joining(" "));
  }

  private String word(String field, String value) {
    return switch (field) {
      case "tag" -> value.equals("0") ? "all tags" : "tag " + tag();
      case "iface" -> iface();
      default -> value;
    };
  }

  private static String nameOfKind(String kind) {
    return switch (kind) {
      case "", "uid" -> "";
      case "foreign" -> "(foreign user namespace)";
      case "removed" -> "(removed users)";
      case "forwarded" -> "(forwarded for others)";
      case "overflow" -> "(no counter was free)";
      default -> "(" + kind + ")";
    };
  }
}
