package org.uidnet.simulator.scenario;

import java.time.Duration;
import java.util.List;

/** What goes wrong, or at least is not everyday. */
public sealed interface Incident {
  Schedule schedule();

  /** How long until all is as before. */
  Duration takes();

  /** All of the kernel's memory is lost. */
  record Reboot(Schedule schedule, Duration takes) implements Incident {}

  /** Nobody runs; the boot clock does. */
  record Suspend(Schedule schedule, Duration takes) implements Incident {}

  /**
   * The wall clock is set wrong, and right again afterwards.
   *
   * @param takes zero: it stays wrong
   */
  record ClockJump(Schedule schedule, Duration takes, Duration by) implements Incident {}

  /**
   * An interface of the host, or a whole namespace, goes and comes back as a new one.
   *
   * @param names one of these, at random each time
   * @param sameIfindex whether the new interface gets the index of the old one
   */
  record Recreate(Schedule schedule, Duration takes, List<String> names, boolean sameIfindex)
      implements Incident {}
}
