/**
 * A host in motion: users and their packets, interfaces, clocks and incidents. Read World first.
 */
@NullMarked
package org.uidnet.simulator.world;

import org.jspecify.annotations.NullMarked;
