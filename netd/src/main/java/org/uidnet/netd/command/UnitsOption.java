package org.uidnet.netd.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How amounts are shown: at most one of {@code --si}, {@code --bits}, {@code --bytes}. */
final class UnitsOption {
  @ArgGroup(exclusive = true)
  private @Nullable Choice choice;

  Units units() {
    return choice == null ? Units.IEC : choice.units();
  }

  static final class Choice {
    @Option(names = "--si", description = "Show kB, MB, … (powers of 1,000) instead of KiB, MiB, …")
    private boolean si;

    @Option(names = "--bits", description = "Show kbit, Mbit, …")
    private boolean bits;

    @Option(names = "--bytes", description = "Show exact bytes.")
    private boolean bytes;

    Units units() {
      if (si) {
        return Units.SI;
      }
      return bits ? Units.BITS : bytes ? Units.BYTES : Units.IEC;
    }
  }
}
