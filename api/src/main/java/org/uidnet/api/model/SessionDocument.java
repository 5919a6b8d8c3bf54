package org.uidnet.api.model;

import java.time.Instant;

/**
 * A session that was opened: {@code POST /v1/session}.
 *
 * @param token to be sent as {@code Authorization: Bearer}; told this once
 * @param expiresAt earlier after an hour without requests and streams
 * @param role {@code ADMIN}, {@code READ}, or {@code USER}, who sees its own
 * @param uid whose it is
 */
public record SessionDocument(String token, Instant expiresAt, String role, long uid) {}
