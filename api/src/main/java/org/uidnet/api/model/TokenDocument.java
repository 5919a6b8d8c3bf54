package org.uidnet.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A read-only token.
 *
 * @param name untrusted
 * @param token the secret, told only when the token is made
 * @param expiresAt absent: when it is revoked
 */
public record TokenDocument(
    long id, String name, Optional<String> token, Instant createdAt, Optional<Instant> expiresAt) {}
