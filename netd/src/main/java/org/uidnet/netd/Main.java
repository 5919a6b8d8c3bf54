package org.uidnet.netd;

import org.uidnet.netd.command.Context;
import org.uidnet.netd.command.Uidnet;

/** The program {@code uidnet}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Uidnet.commandLineFor(args, Context.ofProcess()).execute(args));
  }
}
