package org.uidnet.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A rule that somebody wrote for this host. One of {@code allow} and {@code deny} says whom it is
 * about: UIDs, ranges such as {@code "1000-1999"}, {@code "all"}, and names with the UIDs that they
 * stand for, {@code {"name": "@kids", "uids": "1001 1004"}}.
 *
 * @param line in the file that it was written in, from 1; absent: its place in the document
 */
public record OwnRuleDocument(
    Optional<Integer> line,
    Optional<String> name,
    Optional<List<JsonNode>> allow,
    Optional<List<JsonNode>> deny,
    Optional<RuleConditions> when) {}
