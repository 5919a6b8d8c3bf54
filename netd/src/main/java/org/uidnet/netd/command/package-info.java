/** The commands: each asks the daemon over HTTP and shows the answer. */
@NullMarked
package org.uidnet.netd.command;

import org.jspecify.annotations.NullMarked;
