package org.uidnet.netd.dbus;

/** Told what services of the host say. */
public interface HostListener {
  /**
   * A service says something else than before. Where only one of two facts about something has
   * changed, the other may have been set by hand since, and is not to be touched.
   *
   * @param before what it said last, maybe to an earlier daemon
   */
  void said(HostService by, Facts before, Facts now);

  /** The host goes to sleep. Nobody holds it up: it may be asleep before this is done. */
  void fallsAsleep();

  void wokeUp();
}
