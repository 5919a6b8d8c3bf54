/** The one door to the kernel: native calls by JNA, one call per method, no policy. */
@NullMarked
package org.uidnet.netd.sys;

import org.jspecify.annotations.NullMarked;
