/**
 * The simulator's machine against the kernel: the same bytes go through both, and everything that
 * can be seen afterwards must be equal.
 *
 * <ul>
 *   <li>{@code InstructionDifferenceTest}: random programs, so that each instruction is tried with
 *       the operands that matter.
 *   <li>{@code MapDifferenceTest}: random calls on maps.
 *   <li>{@code PacketDifferenceTest}: our own programs on generated packets and map contents, by
 *       the kernel's test-run facility. Its socket always belongs to UID 0 of its namespace.
 *   <li>{@code SocketDifferenceTest}: our own programs on real sockets of many UIDs, recorded
 *       beside them and replayed.
 * </ul>
 *
 * <p>All is made from one seed, which each test prints. {@code -Ddifferential.seed=N} repeats a
 * run, {@code -Ddifferential.scale=N} makes it N times as long.
 */
@NullMarked
package org.uidnet.netd.differential;

import org.jspecify.annotations.NullMarked;
