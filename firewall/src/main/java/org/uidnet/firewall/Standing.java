package org.uidnet.firewall;

import java.time.Instant;
import java.util.Optional;

/**
 * What is told of a UID and was decided of it, and how data saver stands for it.
 *
 * @param process empty: nothing was told of its processes in this boot
 * @param backgroundAt about when its processes will be taken to be in the background, if that waits
 * @param idle whether nobody has used it for long
 */
public record Standing(
    Optional<ProcessReport> process,
    Optional<Instant> backgroundAt,
    boolean idle,
    UidPolicy policy,
    RestrictBackground restrictBackground) {}
