package org.uidnet.api.client;

import java.io.IOException;
import org.uidnet.api.model.ProblemDetail;

/** The daemon refused, or failed; the message is what it said. */
public final class ProblemException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient ProblemDetail problem;

  ProblemException(ProblemDetail problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public ProblemDetail problem() {
    return problem;
  }

  public int status() {
    return problem.status();
  }
}
