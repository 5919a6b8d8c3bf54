package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/** Ports that nobody may bind: {@code /v1/firewall/blocked-ports}. */
public record BlockedPorts(Optional<List<Integer>> ports) {}
