/** The network interfaces of this host and of its other network namespaces, with their counters. */
@NullMarked
package org.uidnet.netd.networks;

import org.jspecify.annotations.NullMarked;
