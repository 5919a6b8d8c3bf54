package org.uidnet.firewall;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is told of the processes of a UID.
 *
 * @param stamp empty: reports come in order
 */
public record ProcessReport(
    ProcessState state, Set<Capability> capabilities, Optional<Stamp> stamp) {
  /**
   * Which report it is.
   *
   * @param epoch of whoever tells, another one after each of its starts
   * @param seq grows in an epoch, for each UID
   */
  public record Stamp(long epoch, long seq) {
    boolean isNewerThan(Stamp other) {
      return epoch != other.epoch || seq > other.seq;
    }
  }

  public ProcessReport {
    EnumSet<Capability> ordered = EnumSet.noneOf(Capability.class);
    ordered.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(ordered);
    if (state == ProcessState.NONEXISTENT && !capabilities.isEmpty()) {
      throw FirewallException.invalid(
          "a UID without processes has no capabilities; leave them out or name another state");
    }
  }

  /** Whether it comes too late: a newer one of the same epoch is known. */
  boolean isStaleAfter(ProcessReport known) {
    return stamp.isPresent()
        && known.stamp.isPresent()
        && !stamp.get().isNewerThan(known.stamp.get());
  }

  /** In the foreground, as counter sets and power saving mean it. */
  public boolean isForeground() {
    return state.isAtLeast(ProcessState.BOUND_FOREGROUND_SERVICE);
  }

  /** While the device dozes or saves power. */
  boolean mayUseNetworkInPowerSave() {
    return isForeground() || mayByCapability();
  }

  /** On metered networks while data saver is on. */
  boolean mayUseMeteredNetwork() {
    return isForeground()
        || (state.isAtLeast(ProcessState.IMPORTANT_FOREGROUND)
            && capabilities.contains(Capability.USER_RESTRICTED_NETWORK));
  }

  boolean mayUseNetworkInLowPowerStandby() {
    return state.isAtLeast(ProcessState.BOUND_TOP);
  }

  boolean isNotInBackground() {
    return state.isAtLeast(ProcessState.RECEIVER) || mayByCapability();
  }

  private boolean mayByCapability() {
    return state != ProcessState.UNKNOWN
        && capabilities.contains(Capability.POWER_RESTRICTED_NETWORK);
  }

  /**
   * Android's filter: whether rules may depend on the difference. All else is noted and no more.
   */
  boolean mattersAfter(Optional<ProcessReport> known) {
    return known
        .filter(before -> before.state != ProcessState.NONEXISTENT)
        .map(this::differsFrom)
        .orElse(true);
  }

  private boolean differsFrom(ProcessReport before) {
    return state.isAtLeast(ProcessState.BOUND_TOP)
        || before.state.isAtLeast(ProcessState.BOUND_TOP)
        || crosses(before, ProcessState.BOUND_FOREGROUND_SERVICE)
        || crosses(before, ProcessState.RECEIVER)
        || !capabilities.equals(before.capabilities);
  }

  private boolean crosses(ProcessReport before, ProcessState threshold) {
    return state.isAtLeast(threshold) != before.state.isAtLeast(threshold);
  }
}
