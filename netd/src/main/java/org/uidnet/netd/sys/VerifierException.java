package org.uidnet.netd.sys;

import java.util.List;

/** The kernel refused a program. The message has the verifier's last words, {@link #log()} all. */
public final class VerifierException extends SysException {
  private static final long serialVersionUID = 1;
  private static final int LAST_WORDS = 3;
  private static final String REPORT = "Verification failed: ";
  private static final String STATISTICS = "processed ";

  private final String log;

  VerifierException(String tried, String log) {
    super(tried + "; the verifier says: " + lastWords(log), Errno.last());
    this.log = log;
  }

  public String log() {
    return log;
  }

  /**
   * The end of the log tells the reason; behind it come statistics and, from Linux 7.3 on, a report
   * of a page, whose first line is its title.
   */
  static String lastWords(String log) {
    List<String> lines = log.lines().filter(line -> !line.isBlank()).toList();
    int report = indexOf(lines, REPORT);
    int end = report < lines.size() ? report + 1 : indexOf(lines, STATISTICS);
    return String.join("; ", lines.subList(Math.max(0, end - LAST_WORDS), end));
  }

  /** The line that begins so, or as many as there are. */
  private static int indexOf(List<String> lines, String beginning) {
    return (int) lines.stream().takeWhile(line -> !line.startsWith(beginning)).count();
  }
}
