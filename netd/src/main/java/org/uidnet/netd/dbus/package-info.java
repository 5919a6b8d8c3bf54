/**
 * What services of the host tell over D-Bus: how it is powered, whether its screen is on, what its
 * networks are. All of it is optional, and nothing here keeps the daemon from starting.
 */
@NullMarked
package org.uidnet.netd.dbus;

import org.jspecify.annotations.NullMarked;
