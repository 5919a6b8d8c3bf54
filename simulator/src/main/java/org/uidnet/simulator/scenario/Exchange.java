package org.uidnet.simulator.scenario;

import java.util.OptionalInt;

/**
 * A kind of traffic: one conversation over one socket. Sizes are typical ones; what happens is half
 * to one and a half of them.
 *
 * @param name in the file
 * @param down payload bytes received
 * @param up payload bytes sent
 * @param rate bytes a second, of both directions together
 * @param packet payload of each packet, none of which are merged; empty: as large as may be
 * @param server whether the other side connects
 */
public record Exchange(
    String name,
    long down,
    long up,
    long rate,
    Transport over,
    OptionalInt packet,
    boolean server) {}
