package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.uidnet.firewall.Rule;

/**
 * The rule that a UID shall have: {@code PUT /v1/firewall/chains/{chain}/uids/{uid}}.
 *
 * @param duration for which it shall hold, {@code 2h}
 * @param until a time, or {@code reboot}; not both
 */
public record RuleRequest(
    Optional<Rule> rule, @JsonProperty("for") Optional<String> duration, Optional<String> until) {
  public static final String REBOOT = "reboot";

  public static final RuleRequest ALLOW = lasting(Rule.ALLOW);
  public static final RuleRequest DENY = lasting(Rule.DENY);
  public static final RuleRequest DEFAULT = lasting(Rule.DEFAULT);

  private static RuleRequest lasting(Rule rule) {
    return new RuleRequest(Optional.of(rule), Optional.empty(), Optional.empty());
  }

  /** The same rule for a while. */
  public RuleRequest during(Optional<String> duration, Optional<String> until) {
    return new RuleRequest(rule, duration, until);
  }

  static String until(Optional<Instant> end) {
    return end.map(time -> time.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(REBOOT);
  }
}
