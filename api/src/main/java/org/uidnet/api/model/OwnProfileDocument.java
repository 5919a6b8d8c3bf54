package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/** Own rules that come before all others while something holds. */
public record OwnProfileDocument(
    Optional<String> name, Optional<RuleConditions> when, Optional<List<OwnRuleDocument>> rules) {}
