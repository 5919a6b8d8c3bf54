package org.uidnet.stats.android;

import org.uidnet.programs.Traffic;

/**
 * What was used in one bucket.
 *
 * @param start in milliseconds since 1970
 * @param operations how often an app said that it did something on the network
 */
public record RecordedBucket(long start, Traffic traffic, long operations) {}
