/** The sockets of this host, as its diagnostics show them, and their end. */
@NullMarked
package org.uidnet.netd.sockets;

import org.jspecify.annotations.NullMarked;
