/**
 * The programs on this host's kernel: probe, size, load, attach, pin, adopt, upgrade, unload.
 *
 * <p>Pins, below the directory of {@code --bpffs}:
 *
 * <pre>
 * links/uidnet_ingress, ...     one for each program, whatever generation it belongs to
 * EPOCH/maps/slots, ...         the maps of one generation; `control` is pinned last, unpinned first
 * EPOCH/constants               what its programs were loaded with; pinned when all links run them
 * </pre>
 *
 * <p>A generation is a set of maps and the programs on them. Starting is one path, whatever the
 * state it finds ({@link org.uidnet.netd.kernel.Loader}): choose the generation that fits this
 * version, or make one; let every link run this version's programs on it; wait until no program
 * uses another one; hand the counters of all others over and unpin them. Nothing is remembered
 * about how far an earlier start came: which generation a link runs is asked of the kernel. So a
 * crash at any point is mended by the next start.
 */
@NullMarked
package org.uidnet.netd.kernel;

import org.jspecify.annotations.NullMarked;
