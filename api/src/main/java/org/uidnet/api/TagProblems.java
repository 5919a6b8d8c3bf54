package org.uidnet.api;

import org.eclipse.jetty.http.HttpStatus;
import org.uidnet.programs.ErrnoException;

/** What is refused about sockets, as HTTP says it; the error itself is the problem's errno. */
final class TagProblems {
  private TagProblems() {}

  static Refusal of(ErrnoException e) {
    return Refusal.of(status(e.errno()), String.valueOf(e.getMessage())).withErrno(e.errno());
  }

  private static int status(String errno) {
    return switch (errno) {
      case "EPERM", "EACCES" -> HttpStatus.FORBIDDEN_403;
      case "ESRCH", "EBADF", "ENOENT" -> HttpStatus.NOT_FOUND_404;
      case "EINVAL", "ENOTSOCK", "EAFNOSUPPORT", "EPROTONOSUPPORT" -> HttpStatus.BAD_REQUEST_400;
      case "EMFILE", "E2BIG", "ENOTUNIQ", "EEXIST" -> HttpStatus.CONFLICT_409;
      case "EAGAIN" -> HttpStatus.TOO_MANY_REQUESTS_429;
      default -> HttpStatus.SERVICE_UNAVAILABLE_503;
    };
  }
}
