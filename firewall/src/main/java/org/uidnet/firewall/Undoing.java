package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.List;

/** Ends what is temporary. Pure. */
final class Undoing {
  private Undoing() {}

  /**
   * Without rules and tokens that have ended, and with unconfirmed changes undone, the oldest
   * first.
   */
  static PolicyStore.Contents undo(PolicyStore.Contents contents, Moment now) {
    Policy policy = contents.policy().at(now);
    List<Undo> waiting = new ArrayList<>(contents.undos());
    for (Undo undo : contents.undos()) {
      if (waiting.contains(undo) && undo.expiry().isOver(now)) {
        policy = undone(policy, undo).at(now);
        // Later changes of the same part went with it.
        waiting.removeIf(other -> other.part().equals(undo.part()) && other.id() >= undo.id());
      }
    }
    return contents
        .with(policy)
        .with(waiting)
        .with(contents.processes().at(now))
        .with(contents.tokens().at(now));
  }

  /** A chain that was deleted does not come back where others took all the room meanwhile. */
  private static Policy undone(Policy policy, Undo undo) {
    try {
      return undo.part().restored(policy, undo.earlier());
    } catch (FirewallException e) {
      return policy;
    }
  }
}
