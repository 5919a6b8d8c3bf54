package org.uidnet.api.model;

import java.util.Optional;

/**
 * An alert as it shall be: {@code POST /v1/alerts}.
 *
 * @param template absent: all traffic that leaves the host
 * @param thresholdBytes it is told when more than these were used, both ways, and then again
 */
public record AlertRequest(Optional<AlertTemplate> template, Optional<Long> thresholdBytes) {}
