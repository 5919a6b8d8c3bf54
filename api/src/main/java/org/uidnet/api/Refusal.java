package org.uidnet.api;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.uidnet.api.model.ProblemDetail;

/** A request that is answered with a problem. It has no stack trace: it is an answer, no fault. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ProblemDetail problem;
  private final transient Map<String, String> headers;

  private Refusal(ProblemDetail problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = headers;
  }

  static Refusal of(int status, String detail) {
    return of(status, detail, Map.of());
  }

  static Refusal of(int status, String detail, Map<String, String> headers) {
    return new Refusal(problem(status, detail, Optional.empty()), headers);
  }

  /** 400 for one parameter or field. */
  static Refusal badField(String field, String detail) {
    return new Refusal(problem(HttpStatus.BAD_REQUEST_400, detail, Optional.of(field)), Map.of());
  }

  /** The same with the name of Android's or the kernel's error. */
  Refusal withErrno(String errno) {
    return new Refusal(
        new ProblemDetail(
            problem.type(),
            problem.title(),
            problem.status(),
            problem.detail(),
            problem.field(),
            Optional.of(errno)),
        headers);
  }

  ProblemDetail problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }

  private static ProblemDetail problem(int status, String detail, Optional<String> field) {
    return new ProblemDetail(
        "about:blank", HttpStatus.getMessage(status), status, detail, field, Optional.empty());
  }
}
