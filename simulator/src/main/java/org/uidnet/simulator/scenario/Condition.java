package org.uidnet.simulator.scenario;

import java.util.Optional;

/**
 * What must be so, or must not be, for an activity.
 *
 * @param flag of the device; empty: the network is metered
 */
public record Condition(Optional<DeviceFlag> flag, boolean expected) {}
