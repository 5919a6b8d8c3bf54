package org.uidnet.firewall;

import java.util.List;
import java.util.Optional;
import org.uidnet.programs.DatapathException;

/**
 * Brings a policy into force: compiles it, writes the maps, ends connections that are now blocked.
 * For one thread.
 */
final class Enforcer {
  private final FirewallService.Parts parts;
  private final Problems problems;
  private final Reconciler reconciler;

  /** What the maps hold, if the last pass wrote all of it. */
  private Optional<Written> written = Optional.empty();

  private record Written(RowSources sources, Desired desired) {}

  /** What was in force when connections were last ended; at first as if nothing. */
  private Blocked cutOff = Blocked.NOBODY;

  Enforcer(FirewallService.Parts parts, Problems problems) {
    this.parts = parts;
    this.problems = problems;
    reconciler = new Reconciler(parts.maps());
  }

  /**
   * What is in force.
   *
   * @param failures writes to be tried again
   * @param destroyed connections that were ended
   */
  record Enforced(Desired desired, List<String> failures, int destroyed) {}

  /**
   * Compares everything with what the maps hold.
   *
   * @param now decides about temporary rules
   */
  Enforced enforce(Effective holds, Links links, Moment now) {
    written = Optional.empty();
    return enforceChange(holds, links, now);
  }

  /**
   * The same, but what does not change is taken to be as it was written last: a switch of a chain
   * waits for no look at 65,536 rows and at every map. A later round looks.
   */
  Enforced enforceChange(Effective holds, Links links, Moment now) {
    Exemptions exemptions = parts.config().exemptions();
    Policy policy = holds.policy();
    QuotaBook quotas = holds.contents().quotas();
    RowSources sources = RowSources.of(policy, quotas, exemptions, links, now);
    Optional<Rows> rows =
        written.filter(w -> w.sources().equals(sources)).map(w -> w.desired().rows());
    Desired desired =
        rows.isPresent()
            ? Compiler.compile(policy, quotas, exemptions, links, now, rows.get())
            : Compiler.compile(policy, quotas, exemptions, links, now);
    List<String> failures = reconciler.apply(desired, written.map(Written::desired));
    written = failures.isEmpty() ? Optional.of(new Written(sources, desired)) : Optional.empty();
    report(failures);
    parts.steps().reached(Steps.Step.WRITTEN);
    int destroyed = destroyBlocked(desired);
    parts.steps().reached(Steps.Step.DESTROYED);
    return new Enforced(desired, failures, destroyed);
  }

  private void report(List<String> failures) {
    if (failures.isEmpty()) {
      problems.clear("maps");
    } else {
      problems.raise(
          "maps",
          "%d writes of rules failed and are tried again; the first: %s"
              .formatted(failures.size(), failures.get(0)));
    }
  }

  private int destroyBlocked(Desired desired) {
    Blocked before = cutOff;
    Blocked after = Blocked.by(desired);
    int destroyed = 0;
    try {
      if (after.isAnyoneElseThan(before)) {
        destroyed = parts.destroyer().destroy(uid -> after.test(uid) && !before.test(uid));
      }
      cutOff = after;
      problems.clear("sockets");
    } catch (DatapathException e) {
      problems.raise(
          "sockets", "blocked connections were not ended and time out: " + e.getMessage());
    }
    return destroyed;
  }
}
