package org.uidnet.simulator.world;

import org.uidnet.programs.Counters;

/**
 * What really went over the devices that had an interface index in this boot, removed ones
 * included. Bytes are from the network header on. What the hooks count is {@code device} less
 * {@code socketless}.
 *
 * @param netns cookie of the network namespace
 * @param device all of it
 * @param socketless the part that no socket sent or received: forwarded, or the kernel's own
 */
public record Truth(long netns, int ifindex, Counters device, Counters socketless) {}
