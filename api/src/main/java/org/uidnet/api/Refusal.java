package org.uidnet.api;

import java.util.Map;
import java.util.Optional;
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

  static Refusal of(ProblemType type, String detail) {
    return of(type, detail, Map.of());
  }

  static Refusal of(ProblemType type, String detail, Map<String, String> headers) {
    return of(type, type.status(), detail, headers);
  }

  /** With a status that the server chose. */
  static Refusal of(ProblemType type, int status, String detail) {
    return of(type, status, detail, Map.of());
  }

  private static Refusal of(
      ProblemType type, int status, String detail, Map<String, String> headers) {
    return new Refusal(problem(type, status, detail, Optional.empty()), headers);
  }

  /** 400 for one parameter or field. */
  static Refusal badField(String field, String detail) {
    ProblemType type = ProblemType.INVALID_FIELD;
    return new Refusal(problem(type, type.status(), detail, Optional.of(field)), Map.of());
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

  private static ProblemDetail problem(
      ProblemType type, int status, String detail, Optional<String> field) {
    return new ProblemDetail(type.uri(), type.title(), status, detail, field, Optional.empty());
  }
}
