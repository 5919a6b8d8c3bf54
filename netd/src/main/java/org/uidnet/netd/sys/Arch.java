package org.uidnet.netd.sys;

import java.util.Locale;

/** System-call numbers that differ by processor. */
enum Arch {
  X86_64(321),
  AARCH64(280);

  private static final Arch CURRENT = of(System.getProperty("os.arch", ""));

  private final long bpf;

  Arch(long bpf) {
    this.bpf = bpf;
  }

  static Arch current() {
    return CURRENT;
  }

  static Arch of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "uidnet knows the kernel's call numbers on x86_64 and aarch64 only; this JVM says it"
                  + " runs on '"
                  + name
                  + "'. Use a machine and a JVM of these kinds, or `uidnet demo` to look around.");
    };
  }

  long bpf() {
    return bpf;
  }
}
