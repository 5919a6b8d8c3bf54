package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a change is about: a chain, an allowlist or a document. Changes are stored, told and undone
 * by parts.
 */
record Part(Kind kind, String name) {
  enum Kind {
    CHAIN,
    ALLOWLIST,
    SETTING
  }

  /** What {@link #toString} made. */
  static Part parse(String text) {
    int space = text.indexOf(' ');
    return new Part(
        Kind.valueOf(text.substring(0, space).toUpperCase(Locale.ROOT)), text.substring(space + 1));
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + name;
  }

  /** The parts in which two policies differ. */
  static List<Part> differing(Policy before, Policy after) {
    List<Part> parts = new ArrayList<>();
    Set<String> chains = new LinkedHashSet<>(before.chains().keySet());
    chains.addAll(after.chains().keySet());
    for (String chain : chains) {
      if (!before.find(chain).equals(after.find(chain))) {
        parts.add(new Part(Kind.CHAIN, chain));
      }
    }
    for (Allowlist list : Allowlist.values()) {
      if (!before.allowlist(list).equals(after.allowlist(list))) {
        parts.add(new Part(Kind.ALLOWLIST, list.label()));
      }
    }
    if (!before.settings().equals(after.settings())) {
      addDiffering(before.settings(), after.settings(), parts);
    }
    return parts;
  }

  private static void addDiffering(Settings before, Settings after, List<Part> parts) {
    for (Setting setting : after.all()) {
      if (!before.get(setting.getClass()).equals(setting)) {
        parts.add(new Part(Kind.SETTING, SettingText.name(setting.getClass())));
      }
    }
  }

  /** The part as text; empty: there is no such chain. */
  String text(Policy policy) {
    return kind == Kind.SETTING
        ? SettingText.text(setting(policy))
        : list(policy).map(ChainText::text).orElse("");
  }

  /** The chain or allowlist, if it is there. */
  Optional<ChainState> list(Policy policy) {
    return kind == Kind.CHAIN ? policy.find(name) : Allowlist.of(name).map(policy::allowlist);
  }

  /** The policy with the part as it was. */
  Policy restored(Policy policy, String earlier) {
    if (kind == Kind.SETTING) {
      return policy.with(SettingText.parse(name, earlier));
    }
    if (earlier.isEmpty()) {
      return policy.without(name);
    }
    ChainState list = ChainText.parse(name, earlier);
    return Allowlist.of(name)
        .map(allowlist -> policy.with(allowlist, list))
        .orElseGet(() -> policy.restored(list));
  }

  /** Text of the part, as {@link #text} made it, without anything that names the UID. */
  String withoutUid(String text, long uid) {
    if (kind == Kind.SETTING) {
      return SettingText.text(SettingRules.withoutUid(SettingText.parse(name, text), uid));
    }
    return text.isEmpty()
        ? text
        : ChainText.text(ChainText.parse(name, text).withRule(uid, Rule.DEFAULT));
  }

  private Setting setting(Policy policy) {
    return policy.settings().all().stream()
        .filter(setting -> SettingText.name(setting.getClass()).equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the first has of this part that the second has not, for people to read. */
  String only(Policy policy, Policy other) {
    if (kind != Kind.SETTING) {
      return list(policy)
          .map(c -> list(other).map(o -> ChainText.only(c, o)).orElse(ChainText.text(c)))
          .orElse("");
    }
    List<String> lines = new ArrayList<>(SettingText.lines(setting(policy)));
    lines.removeAll(SettingText.lines(setting(other)));
    return String.join("\n", lines);
  }
}
