package org.uidnet.firewall;

/**
 * This boot of the host.
 *
 * @param id the kernel's name for it
 * @param elapsed time since it began
 */
public record Boot(String id, Elapsed elapsed) {
  /** Nanoseconds since boot, time asleep included (CLOCK_BOOTTIME); never goes back in a boot. */
  @FunctionalInterface
  public interface Elapsed {
    long nanos();
  }
}
