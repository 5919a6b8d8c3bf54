/** Recordings of phones on this host's disk, for those who send them to a daemon. */
@NullMarked
package org.uidnet.netd.recordings;

import org.jspecify.annotations.NullMarked;
