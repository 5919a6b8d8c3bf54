package org.uidnet.netd.sys;

import java.util.Arrays;

/** The kernel refused a program. The message has the verifier's last words, {@link #log()} all. */
public final class VerifierException extends SysException {
  private static final long serialVersionUID = 1;
  private static final int LAST_WORDS = 3;

  private final String log;

  VerifierException(String tried, String log) {
    super(tried + "; the verifier says: " + lastWords(log), Errno.last());
    this.log = log;
  }

  public String log() {
    return log;
  }

  /** The end of the log tells the reason; its very last line are statistics. */
  private static String lastWords(String log) {
    String[] lines = log.strip().split("\n");
    int end = lines.length;
    if (lines[end - 1].startsWith("processed ") && end > 1) {
      end--;
    }
    int start = Math.max(0, end - LAST_WORDS);
    return String.join("; ", Arrays.asList(lines).subList(start, end));
  }
}
