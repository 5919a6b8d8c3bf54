package org.uidnet.stats;

import java.time.Instant;

/**
 * The host as the history needs to know it.
 *
 * @param bootId the kernel's name for this boot
 * @param bootTime when it began
 * @param elapsed time since then
 */
public record Host(String bootId, Instant bootTime, Elapsed elapsed) {
  /** Nanoseconds since boot, time asleep included (CLOCK_BOOTTIME); never goes back in a boot. */
  @FunctionalInterface
  public interface Elapsed {
    long nanos();
  }
}
