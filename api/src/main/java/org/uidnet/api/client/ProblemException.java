package org.uidnet.api.client;

import java.io.IOException;
import java.util.Optional;
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

  /** Of HTTP: 400 what was asked for is wrong, 403 the caller may not, 404, 409, 429, 503. */
  public int status() {
    return problem.status();
  }

  /** Where the daemon explains problems of this kind, such as {@code /problems/read-only}. */
  public String type() {
    return problem.type();
  }

  /** What was tried, why it failed and what to do, in sentences. */
  public String detail() {
    return problem.detail();
  }

  /** Name of Android's or the kernel's error, such as {@code EPERM}, where there is one. */
  public Optional<String> errno() {
    return problem.errno();
  }
}
