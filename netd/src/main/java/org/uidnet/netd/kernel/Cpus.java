package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Processors that this kernel may ever have. */
public final class Cpus {
  private static final Path POSSIBLE = Path.of("/sys/devices/system/cpu/possible");

  private Cpus() {}

  /** The highest possible number + 1: there may be holes below it. */
  public static int possible() {
    try {
      return parse(Files.readString(POSSIBLE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read which processors are possible: " + POSSIBLE, e);
    }
  }

  /** Reads a list such as {@code 0-3,8}. */
  static int parse(String list) {
    return Arrays.stream(list.strip().split("[,-]")).mapToInt(Integer::parseInt).max().orElse(0)
        + 1;
  }
}
