package org.uidnet.simulator.world;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.uidnet.simulator.kernel.SimulatedKernel;

/**
 * One boot of the host.
 *
 * @param id as in {@code /proc/sys/kernel/random/boot_id}
 * @param bootTime by the wall clock of that moment
 * @param nanos since then, suspends included; for any thread
 */
public record Boot(String id, Instant bootTime, LongSupplier nanos, SimulatedKernel kernel) {}
