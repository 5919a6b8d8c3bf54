package org.uidnet.api.model;

import java.util.Optional;

/**
 * A tag for a socket: {@code POST /v1/sockets/tags}. The socket is named by its process and either
 * its descriptor there, or its protocol and ends.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param local {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}
 * @param remote likewise; empty: it is not connected
 * @param tag 0 to 4294967295
 * @param chargeUid whose traffic it shall be, 0 to 4294967294; empty: the owner's
 */
public record TagRequest(
    Optional<Integer> pid,
    Optional<Integer> fd,
    Optional<String> protocol,
    Optional<String> local,
    Optional<String> remote,
    Optional<Long> tag,
    Optional<Long> chargeUid) {}
