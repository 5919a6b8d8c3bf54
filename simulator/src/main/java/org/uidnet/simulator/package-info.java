/** Runs the compiled programs over simulated sockets, apps, device states and clocks. */
@NullMarked
package org.uidnet.simulator;

import org.jspecify.annotations.NullMarked;
