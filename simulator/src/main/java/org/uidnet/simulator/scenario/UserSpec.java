package org.uidnet.simulator.scenario;

import java.util.List;
import java.util.Optional;

/**
 * Whoever has a UID: a person, a service, an app.
 *
 * @param name as the host shows it
 * @param uid of the host
 * @param namespace where its sockets are; empty: the host's
 */
public record UserSpec(
    String name, long uid, Optional<String> namespace, List<Activity> activities) {}
