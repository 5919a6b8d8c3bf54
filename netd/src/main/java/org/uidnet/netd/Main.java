package org.uidnet.netd;

import org.uidnet.netd.command.Context;
import org.uidnet.netd.command.Uidnet;

/** The program {@code uidnet}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Uidnet.commandLine(Context.ofProcess()).execute(args));
  }
}
