package org.uidnet.api.model;

import java.time.Instant;

/**
 * A code that opens one session: {@code POST /v1/session/codes}.
 *
 * @param url of the dashboard, with the code behind {@code #}, which browsers do not send
 * @param role what the session may do: {@code ADMIN}, {@code READ}, or {@code USER}, who sees its
 *     own
 */
public record SessionCode(String code, String url, Instant expiresAt, String role) {}
