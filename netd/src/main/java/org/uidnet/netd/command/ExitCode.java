package org.uidnet.netd.command;

/** What the command's exit code tells scripts. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int BAD_USAGE = 2;
  public static final int NOT_PERMITTED = 3;
  public static final int NO_DAEMON = 4;

  private ExitCode() {}
}
