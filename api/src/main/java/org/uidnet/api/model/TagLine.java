package org.uidnet.api.model;

import java.util.Optional;

/**
 * One line to {@code tag.sock}, about the socket that is passed with it.
 *
 * @param tag as in {@link TagRequest}
 * @param chargeUid as in {@link TagRequest}
 * @param clear true: take the tag off
 */
public record TagLine(Optional<Long> tag, Optional<Long> chargeUid, Optional<Boolean> clear) {}
