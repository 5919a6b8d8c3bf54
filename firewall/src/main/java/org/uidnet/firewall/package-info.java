/** Turns policy and device state into rules: desired state, compile, reconcile, explain. */
@NullMarked
package org.uidnet.firewall;

import org.jspecify.annotations.NullMarked;
