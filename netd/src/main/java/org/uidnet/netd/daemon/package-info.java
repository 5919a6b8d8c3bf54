/** The daemon: what it runs on, what it wires together, what it does in the background. */
@NullMarked
package org.uidnet.netd.daemon;

import org.jspecify.annotations.NullMarked;
