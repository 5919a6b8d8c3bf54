package org.uidnet.fleet;

import java.time.Instant;

/**
 * What was refused to a UID in an hour.
 *
 * @param hour when it began
 * @param reason blocked reason by name
 * @param call what was refused, by name
 * @param bytes of packets; none of calls
 */
public record BlockedRow(
    Instant hour, long uid, String reason, String call, long packets, long bytes) {}
