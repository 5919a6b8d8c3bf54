package org.uidnet.api.model;

import java.util.Optional;

/**
 * What a UID may: {@code PUT /v1/uids/{uid}/permissions}.
 *
 * @param internet whether it may make sockets
 * @param updateDeviceStats whether it may count operations of others and charge them with traffic
 * @param useRestrictedNetworks whether it passes in restricted mode
 */
public record Permissions(
    Optional<Boolean> internet,
    Optional<Boolean> updateDeviceStats,
    Optional<Boolean> useRestrictedNetworks) {}
