package org.uidnet.api.model;

import java.util.OptionalLong;

/**
 * Who calls, and what it may: {@code GET /v1/session}.
 *
 * @param role {@code ADMIN}, {@code READ}, or {@code USER}, who sees its own
 * @param uid absent of tokens, which are nobody's
 */
public record CallerDocument(String role, OptionalLong uid) {}
