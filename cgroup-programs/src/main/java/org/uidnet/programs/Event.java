package org.uidnet.programs;

import java.util.Optional;

/**
 * The first refusal of its kind in a second.
 *
 * @param time nanoseconds since boot, time asleep included
 * @param netns cookie of the network namespace; 0 for calls
 * @param cookie of the socket; 0 for calls
 * @param ifindex of the interface; 0 for calls
 * @param length bytes of the packet; 0 for calls
 * @param flow which connection; empty for calls, and for packets that are neither TCP nor UDP
 */
public record Event(
    long time, DropId id, long netns, long cookie, int ifindex, int length, Optional<Flow> flow) {}
