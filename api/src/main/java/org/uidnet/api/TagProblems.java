package org.uidnet.api;

import org.uidnet.programs.ErrnoException;

/** What is refused about sockets, as HTTP says it; the error itself is the problem's errno. */
final class TagProblems {
  private TagProblems() {}

  static Refusal of(ErrnoException e) {
    return Refusal.of(type(e.errno()), String.valueOf(e.getMessage())).withErrno(e.errno());
  }

  private static ProblemType type(String errno) {
    return switch (errno) {
      case "EPERM", "EACCES" -> ProblemType.SOCKET_NOT_YOURS;
      case "ESRCH", "EBADF", "ENOENT" -> ProblemType.NO_SUCH_SOCKET;
      case "EINVAL", "ENOTSOCK", "EAFNOSUPPORT", "EPROTONOSUPPORT" -> ProblemType.NOT_TAGGABLE;
      case "EMFILE", "E2BIG" -> ProblemType.TOO_MANY_TAGS;
      case "ENOTUNIQ", "EEXIST" -> ProblemType.AMBIGUOUS_SOCKET;
      case "EAGAIN" -> ProblemType.TOO_MANY;
      default -> ProblemType.TAGS_UNAVAILABLE;
    };
  }
}
