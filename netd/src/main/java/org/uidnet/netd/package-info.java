/** The daemon and the command: probe, load, attach, wire everything, run, stop. */
@NullMarked
package org.uidnet.netd;

import org.jspecify.annotations.NullMarked;
