package org.uidnet.netd.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the command's exit code tells scripts. */
public final class ExitCode {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int BAD_USAGE = 2;
  public static final int NOT_PERMITTED = 3;
  public static final int NO_DAEMON = 4;

  /** What help and manual say of them. */
  static final Map<String, String> MEANINGS = meanings();

  private ExitCode() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("" + OK, "ok");
    meanings.put("" + FAILED, "failed");
    meanings.put("" + BAD_USAGE, "bad usage or configuration");
    meanings.put("" + NOT_PERMITTED, "not permitted");
    meanings.put("" + NO_DAEMON, "no daemon");
    return meanings;
  }
}
