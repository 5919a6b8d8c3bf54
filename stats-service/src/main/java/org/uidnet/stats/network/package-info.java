/** Which network traffic went over: identities of networks and templates that select them. */
@NullMarked
package org.uidnet.stats.network;

import org.jspecify.annotations.NullMarked;
