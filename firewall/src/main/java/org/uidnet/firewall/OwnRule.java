package org.uidnet.firewall;

import java.util.List;
import java.util.Optional;

/**
 * A rule that somebody wrote for this host. A value.
 *
 * @param line in the document that it came in, from 1
 * @param effect ALLOW: later own rules do not block; DENY: blocked
 */
public record OwnRule(
    int line, Optional<String> name, Rule effect, List<Subject> subjects, Conditions when) {
  public OwnRule {
    subjects = List.copyOf(subjects);
  }

  boolean names(long uid) {
    return subjects.stream().anyMatch(subject -> subject.names(uid));
  }

  /** {@code rule 'homework', line 7}. */
  public String label() {
    return name.map(text -> "rule '" + text + "', line " + line).orElse("rule in line " + line);
  }

  OwnRule with(List<Subject> others) {
    return new OwnRule(line, name, effect, others, when);
  }
}
