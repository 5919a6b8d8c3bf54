package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Capability;
import org.uidnet.firewall.ProcessState;

/**
 * How the processes of a UID are: {@code PUT /v1/uids/{uid}/process-state}.
 *
 * @param capabilities absent: none
 * @param epoch of whoever tells, another one after each of its starts; absent: 0
 * @param seq grows in an epoch, for each UID; absent: reports come in order
 */
public record ProcessStateRequest(
    Optional<ProcessState> state,
    Optional<List<Capability>> capabilities,
    Optional<Long> epoch,
    Optional<Long> seq) {
  /**
   * The same by names.
   *
   * @throws IllegalArgumentException if there is no such state or capability
   */
  public static ProcessStateRequest named(String state, List<String> capabilities) {
    return of(ProcessState.valueOf(state), capabilities.stream().map(Capability::valueOf).toList());
  }

  public static ProcessStateRequest of(ProcessState state, List<Capability> capabilities) {
    return new ProcessStateRequest(
        Optional.of(state), Optional.of(capabilities), Optional.empty(), Optional.empty());
  }
}
