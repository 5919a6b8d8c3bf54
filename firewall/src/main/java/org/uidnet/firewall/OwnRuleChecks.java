package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which own rules are valid; all mistakes are told at once, each with its line. Pure. */
final class OwnRuleChecks {
  private static final int MOST_RULES = 1000;

  /** As many as have rows of their own in the kernel without being looked up. */
  private static final int MOST_UIDS = 65_536;

  private static final int LONGEST_NAME = 100;

  /** What {@link OwnRuleText} can keep, and a screen can show. */
  private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cntrl},=]{1,100}");

  private final Setting.OwnRules document;
  private final List<String> mistakes = new ArrayList<>();

  private OwnRuleChecks(Setting.OwnRules document) {
    this.document = document;
  }

  static void check(Setting.OwnRules document) {
    List<String> mistakes = new OwnRuleChecks(document).mistakes();
    if (!mistakes.isEmpty()) {
      throw FirewallException.invalid(String.join("; ", mistakes));
    }
  }

  private List<String> mistakes() {
    document.all().forEach(this::check);
    checkProfiles();
    checkSizes();
    return mistakes;
  }

  private void check(OwnRule rule) {
    rule.name().ifPresent(name -> checkName(rule.label(), name));
    if (rule.effect() == Rule.DEFAULT) {
      mistakes.add(rule.label() + " neither allows nor denies");
    }
    if (rule.subjects().isEmpty()) {
      mistakes.add(rule.label() + " names nobody; write UIDs, ranges, users, @groups or all");
    }
    rule.subjects().forEach(subject -> check(rule, subject));
    checkWhen(rule.label(), rule.when());
  }

  private void check(OwnRule rule, Subject subject) {
    if (!WORD.matcher(subject.text()).matches()) {
      mistakes.add(
          rule.label() + " names someone whose name is empty, too long, or has spaces or commas");
    }
    subject.uids().stream()
        .filter(uid -> uid < 0 || uid > Policy.LAST_UID)
        .findFirst()
        .ifPresent(uid -> mistakes.add(rule.label() + " names " + uid + ", which is no UID"));
    if (rule.effect() == Rule.DENY && subject.uids().contains(0)) {
      mistakes.add(rule.label() + " denies UID 0, which is never blocked");
    }
  }

  private void checkWhen(String of, Conditions when) {
    when.network().ifPresent(name -> checkName(of, name));
    when.hours()
        .filter(hours -> hours.days().isEmpty())
        .ifPresent(hours -> mistakes.add(of + " tells a time of no day"));
    when.quota()
        .filter(id -> !WORD.matcher(id).matches())
        .ifPresent(id -> mistakes.add(of + " names a quota by what is no id"));
  }

  private void checkName(String of, String name) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      mistakes.add(
          of + " has a name that is empty, has control characters, or more than 100 characters");
    }
  }

  private void checkProfiles() {
    Set<String> names = new HashSet<>();
    for (OwnProfile profile : document.profiles()) {
      String label = "profile '" + profile.name() + "'";
      checkName(label, profile.name());
      checkWhen(label, profile.when());
      if (!names.add(profile.name())) {
        mistakes.add("there are two profiles '" + profile.name() + "'");
      }
      if (profile.when().foreground().isPresent()) {
        mistakes.add(label + " depends on a UID's foreground, but it holds for all or none");
      }
    }
  }

  private void checkSizes() {
    long rules = document.all().count();
    if (rules > MOST_RULES) {
      mistakes.add(rules + " rules are more than the " + MOST_RULES + " that there is room for");
    }
    int uids = uids(document).size();
    if (uids > MOST_UIDS) {
      mistakes.add(uids + " UIDs are more than the " + MOST_UIDS + " that rules may name");
    }
  }

  /** Those that rules name. */
  static Collection<Long> uids(Setting.OwnRules document) {
    return document
        .all()
        .flatMap(rule -> rule.subjects().stream())
        .flatMap(subject -> subject.uids().stream().boxed())
        .collect(Collectors.toSet());
  }

  /** A rule that is about this UID alone goes. */
  static Setting.OwnRules withoutUid(Setting.OwnRules document, long uid) {
    return new Setting.OwnRules(
        document.zone(),
        withoutUid(document.rules(), uid),
        document.profiles().stream()
            .map(
                profile ->
                    new OwnProfile(
                        profile.name(), profile.when(), withoutUid(profile.rules(), uid)))
            .toList());
  }

  private static List<OwnRule> withoutUid(List<OwnRule> rules, long uid) {
    return rules.stream().flatMap(rule -> withoutUid(rule, uid).stream()).toList();
  }

  private static Optional<OwnRule> withoutUid(OwnRule rule, long uid) {
    List<Subject> rest =
        rule.subjects().stream().flatMap(subject -> withoutUid(subject, uid).stream()).toList();
    return rest.isEmpty() ? Optional.empty() : Optional.of(rule.with(rest));
  }

  private static Optional<Subject> withoutUid(Subject subject, long uid) {
    if (!subject.uids().contains(uid)) {
      return Optional.of(subject);
    }
    UidSet rest = subject.uids().without(uid);
    return rest.isEmpty() ? Optional.empty() : Optional.of(new Subject(subject.text(), rest));
  }
}
