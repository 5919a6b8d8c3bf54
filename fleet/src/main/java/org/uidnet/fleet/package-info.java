/** Sends history to where that of other hosts is, too. */
@NullMarked
package org.uidnet.fleet;

import org.jspecify.annotations.NullMarked;
