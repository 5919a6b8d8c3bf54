/** Sharing out whole numbers so that nothing is lost or invented. */
@NullMarked
package org.uidnet.stats.share;

import org.jspecify.annotations.NullMarked;
