/** Tags of sockets: whose sockets they are, who may tag them, and the socket where they come in. */
@NullMarked
package org.uidnet.netd.tags;

import org.jspecify.annotations.NullMarked;
