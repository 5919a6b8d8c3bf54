package org.uidnet.simulator.scenario;

/**
 * An interface of the host.
 *
 * @param metered whether its traffic costs
 * @param up when it is connected; the first one that is up carries the traffic
 */
public record InterfaceSpec(String name, InterfaceKind kind, boolean metered, Times up) {}
