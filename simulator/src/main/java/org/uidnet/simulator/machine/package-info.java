/**
 * A user-space eBPF machine: memory, instructions, processors, faults. Knows no map and no hook.
 */
@NullMarked
package org.uidnet.simulator.machine;

import org.jspecify.annotations.NullMarked;
