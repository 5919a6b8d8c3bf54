package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.uidnet.netd.sys.BootClock;
import org.uidnet.stats.Host;

/** This boot of this host. */
public final class HostBoot {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private HostBoot() {}

  /** As the kernel tells it. */
  public static Host read(Clock clock) {
    try {
      return new Host(
          Files.readString(BOOT_ID).strip(),
          clock.instant().minusNanos(BootClock.nanos()),
          BootClock::nanos);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + BOOT_ID + "; is /proc mounted?", e);
    }
  }
}
