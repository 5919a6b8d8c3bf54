package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/**
 * The host's own rules: {@code /v1/rules}. The first that holds and names a UID decides about it;
 * those of profiles that hold are asked first.
 *
 * @param timeZone in which their times are; absent: the host's
 */
public record OwnRulesDocument(
    Optional<String> timeZone,
    Optional<List<OwnRuleDocument>> rules,
    Optional<List<OwnProfileDocument>> profiles) {}
