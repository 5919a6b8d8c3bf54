package org.uidnet.simulator.world;

import java.util.Optional;

/**
 * How the device is at a moment.
 *
 * @param screen whether it is on
 * @param idle whether it dozes
 * @param network name of the interface that carries the traffic; empty: offline
 * @param metered whether that network is
 * @param suspended whether the processors stand still
 * @param rebooting whether it is off
 */
public record DeviceState(
    boolean screen,
    boolean charging,
    boolean idle,
    boolean batterySaver,
    boolean dataSaver,
    Optional<String> network,
    boolean metered,
    boolean suspended,
    boolean rebooting) {}
