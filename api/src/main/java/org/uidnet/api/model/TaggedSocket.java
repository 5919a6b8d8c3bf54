package org.uidnet.api.model;

import java.util.Optional;

/**
 * A socket after a change of its tag: {@code POST} and {@code DELETE /v1/sockets/tags}, and the
 * answer of {@code tag.sock}.
 *
 * @param tagged whether it has a tag now
 * @param changed false: it was so before
 * @param cookie the kernel's number of it, which no other socket ever has
 * @param owner UID that made or accepted it; rules judge this one
 * @param chargeUid UID that its traffic is charged to
 */
public record TaggedSocket(
    boolean tagged,
    boolean changed,
    long cookie,
    long owner,
    Optional<Long> tag,
    Optional<Long> chargeUid) {}
