package org.uidnet.netd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, within a bounded time, and answers what it printed. */
public final class Commands {
  private static final int SECONDS = Patience.of(60);

  private Commands() {}

  /** Runs a command that must succeed. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " did not end in " + SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            List.of(command) + " ended with " + process.exitValue() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Runs a command line of simple words. */
  public static String line(String format, Object... arguments) {
    return run(String.format(format, arguments).split(" "));
  }
}
