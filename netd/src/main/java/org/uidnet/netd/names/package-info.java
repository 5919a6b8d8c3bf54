/** Names of UIDs from the files of the host. */
@NullMarked
package org.uidnet.netd.names;

import org.jspecify.annotations.NullMarked;
