package org.uidnet.programs;

/**
 * A packet that was traced, with Android's fields ({@code netd.h}, {@code PacketTrace}) and what
 * became of it.
 *
 * @param time nanoseconds since boot, time asleep included
 * @param netns cookie of the network namespace
 * @param cookie of the socket
 * @param ifindex of the interface
 * @param length bytes from the network header on; a segmented packet is one here
 * @param uid whom it is charged to
 * @param owner of the socket, whom rules judge
 * @param tag of the socket; 0: none
 * @param sourcePort 0 where the protocol has none; the type of an ICMP message
 * @param targetPort the same; the code of an ICMP message
 * @param reason why it was dropped, a number as in {@link DropId}; {@code REASON_NONE}: it passed
 * @param egress whether it was sent
 * @param version of IP: 4 or 6
 * @param protocol of IP, after extension headers
 * @param tcpFlags 0 unless it is TCP
 * @param wakeup whether it woke the host
 */
public record Trace(
    long time,
    long netns,
    long cookie,
    int ifindex,
    int length,
    long uid,
    long owner,
    long tag,
    int sourcePort,
    int targetPort,
    int reason,
    boolean egress,
    int version,
    int protocol,
    int tcpFlags,
    boolean wakeup) {}
