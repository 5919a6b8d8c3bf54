package org.uidnet.api.model;

import java.util.List;
import org.uidnet.programs.Datapath;

/**
 * Whether all is well.
 *
 * @param problems what is wrong, one sentence each. Every user of the host may read them: no names
 *     of files, users or secrets
 */
public record Health(State status, Datapath.Backend backend, List<String> problems) {
  /** Degraded: something that was asked for does not work; the problems say what. */
  public enum State {
    OK,
    DEGRADED
  }

  public Health {
    problems = List.copyOf(problems);
  }

  /** Degraded exactly when there are problems. */
  public static Health of(Datapath.Backend backend, List<String> problems) {
    return new Health(problems.isEmpty() ? State.OK : State.DEGRADED, backend, problems);
  }
}
