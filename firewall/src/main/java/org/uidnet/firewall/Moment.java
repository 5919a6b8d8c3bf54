package org.uidnet.firewall;

import java.time.Instant;

/**
 * Now, by both clocks.
 *
 * @param wall may be set by anybody
 * @param bootNanos since the boot of that id began, time asleep included
 */
record Moment(Instant wall, String bootId, long bootNanos) {}
