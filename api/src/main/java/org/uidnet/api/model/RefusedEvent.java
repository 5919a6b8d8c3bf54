package org.uidnet.api.model;

import java.time.Instant;
import java.util.Optional;
import org.uidnet.programs.DropId;
import org.uidnet.stats.Kind;

/**
 * The first refusal of its kind in a second: the event {@code drop} of {@code GET /v1/events}.
 *
 * @param uid absent for foreign sockets
 * @param name untrusted text, as is {@code iface}
 * @param direction of the packet, or the call that was refused
 * @param iface name of the interface; absent for calls, as are the next four
 * @param netns cookie of its namespace, absent in the host's
 * @param length bytes from the network header on
 * @param protocol number of the IP protocol, where it is TCP or UDP
 * @param source {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}, as is {@code target}
 */
public record RefusedEvent(
    Instant time,
    Kind kind,
    Optional<Long> uid,
    Optional<String> name,
    String reason,
    DropId.Call direction,
    Optional<String> iface,
    Optional<Long> netns,
    Optional<Integer> length,
    Optional<Integer> protocol,
    Optional<String> source,
    Optional<String> target) {}
