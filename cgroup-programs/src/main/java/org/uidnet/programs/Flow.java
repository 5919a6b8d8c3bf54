package org.uidnet.programs;

import java.net.InetSocketAddress;

/**
 * One packet's ends.
 *
 * @param protocol IP protocol: 6 TCP, 17 UDP
 */
public record Flow(int protocol, InetSocketAddress source, InetSocketAddress target) {}
