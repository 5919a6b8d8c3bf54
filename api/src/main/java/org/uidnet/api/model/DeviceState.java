package org.uidnet.api.model;

import java.util.Optional;

/** The state of the device: {@code /v1/device-state}. A change names what is to be changed. */
public record DeviceState(Optional<Boolean> dataSaver) {
  public static final DeviceState UNCHANGED = new DeviceState(Optional.empty());

  public DeviceState withDataSaver(boolean on) {
    return new DeviceState(Optional.of(on));
  }
}
