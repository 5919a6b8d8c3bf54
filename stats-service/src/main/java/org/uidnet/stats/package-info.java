/** Turns counters into history: snapshot, delta, bucket, roll-up, store, query. */
@NullMarked
package org.uidnet.stats;

import org.jspecify.annotations.NullMarked;
