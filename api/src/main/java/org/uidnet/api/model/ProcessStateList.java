package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Capability;
import org.uidnet.firewall.ProcessState;

/** How the processes of many UIDs are: {@code PUT /v1/uids/process-states}. All or none hold. */
public record ProcessStateList(Optional<List<Item>> states) {
  public static ProcessStateList of(List<Item> states) {
    return new ProcessStateList(Optional.of(states));
  }

  /** Of one UID; the rest as for one alone. */
  public record Item(
      Optional<Long> uid,
      Optional<ProcessState> state,
      Optional<List<Capability>> capabilities,
      Optional<Long> epoch,
      Optional<Long> seq) {
    public static Item of(long uid, ProcessState state) {
      return new Item(
          Optional.of(uid),
          Optional.of(state),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    public ProcessStateRequest report() {
      return new ProcessStateRequest(state, capabilities, epoch, seq);
    }
  }
}
