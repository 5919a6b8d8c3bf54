package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chains as text: to be put back as they were, and to be read in the audit log. Pure. */
final class ChainText {
  private ChainText() {}

  static String text(ChainState chain) {
    return String.join("\n", lines(chain));
  }

  static List<String> lines(ChainState chain) {
    List<String> lines = new ArrayList<>();
    lines.add("kind " + chain.kind());
    lines.add("bit " + chain.bit());
    lines.add("enabled " + chain.enabled());
    lines.add("uids " + chain.listed());
    chain.temporary().forEach((uid, rule) -> lines.add(temporary(uid, rule)));
    return lines;
  }

  private static String temporary(long uid, ChainState.Temporary rule) {
    return "temporary " + uid + " " + rule.rule() + " " + rule.expiry().text();
  }

  /** What {@link #text} made of the chain of that name. */
  static ChainState parse(String name, String text) {
    List<String> lines = List.of(text.split("\n"));
    SortedMap<Long, ChainState.Temporary> temporary = new TreeMap<>();
    for (String line : lines.subList(4, lines.size())) {
      String[] words = line.split(" ", 4);
      temporary.put(
          Long.valueOf(words[1]),
          new ChainState.Temporary(Rule.valueOf(words[2]), Expiry.parse(words[3])));
    }
    return new ChainState(
        name,
        Chain.Kind.valueOf(value(lines.get(0))),
        ChainState.isCustom(name),
        Integer.parseInt(value(lines.get(1))),
        Boolean.parseBoolean(value(lines.get(2))),
        UidSet.parse(value(lines.get(3))),
        temporary);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  /** What one has and the other has not; of the list too, as a whole list would hide it. */
  static String only(ChainState chain, ChainState other) {
    List<String> lines = new ArrayList<>();
    add(lines, chain.kind() != other.kind(), "kind " + chain.kind());
    add(lines, chain.enabled() != other.enabled(), "enabled " + chain.enabled());
    UidSet uids = chain.listed().minus(other.listed());
    add(lines, !uids.isEmpty(), "uids " + uids);
    rest(chain, other).forEach((uid, rule) -> lines.add(temporary(uid, rule)));
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, boolean differs, String line) {
    if (differs) {
      lines.add(line);
    }
  }

  private static SortedMap<Long, ChainState.Temporary> rest(ChainState chain, ChainState other) {
    SortedMap<Long, ChainState.Temporary> rest = new TreeMap<>(chain.temporary());
    rest.entrySet().removeIf(rule -> rule.getValue().equals(other.temporary().get(rule.getKey())));
    return rest;
  }
}
