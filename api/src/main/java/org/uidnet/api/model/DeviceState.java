package org.uidnet.api.model;

import java.util.Optional;

/** The state of the device: {@code /v1/device-state}. */
public record DeviceState(Optional<Boolean> dataSaver) {}
