package org.uidnet.programs;

/**
 * A network as programs know it.
 *
 * @param netns cookie of the namespace; packets are the host's where the kernel cannot tell
 * @param ifindex index of the interface within it
 */
public record NetworkId(long netns, int ifindex) {}
