package org.uidnet.netd.names;

import java.util.Optional;

/** UIDs as text. */
public final class Uids {
  /** 4294967295 means "no UID" to the kernel. */
  private static final long LAST = 4294967294L;

  private static final int MOST_DIGITS = 10;

  private Uids() {}

  /** A UID in plain decimal digits, as files and the command line write it. */
  public static Optional<Long> parse(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    long uid = Long.parseLong(text);
    return uid <= LAST ? Optional.of(uid) : Optional.empty();
  }
}
