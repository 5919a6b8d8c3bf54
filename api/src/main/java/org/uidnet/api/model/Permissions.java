package org.uidnet.api.model;

import java.util.Optional;

/**
 * What a UID may: {@code PUT /v1/uids/{uid}/permissions}.
 *
 * @param internet whether it may make sockets
 */
public record Permissions(Optional<Boolean> internet) {}
