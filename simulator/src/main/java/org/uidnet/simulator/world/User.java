package org.uidnet.simulator.world;

import java.util.OptionalInt;
import org.uidnet.programs.Datapath;
import org.uidnet.simulator.scenario.UserSpec;

/**
 * Whoever has a UID, with how many of their activities are in the foreground. Each change goes to
 * the programs, as the daemon would pass it on.
 */
final class User {
  private final UserSpec spec;
  private int foreground;
  private boolean untold;

  User(UserSpec spec) {
    this.spec = spec;
  }

  UserSpec spec() {
    return spec;
  }

  boolean isInForeground() {
    return foreground > 0;
  }

  void enterForeground(Datapath datapath) {
    foreground++;
    untold = true;
    tell(datapath);
  }

  void leaveForeground(Datapath datapath) {
    foreground--;
    untold = true;
    tell(datapath);
  }

  /** All activities ended with the boot. */
  void reboot() {
    foreground = 0;
    untold = false;
  }

  /** Again after each packet, since a UID from 65,536 on has no row before its first one. */
  void tell(Datapath datapath) {
    if (untold) {
      OptionalInt row = datapath.rowOf(spec.uid());
      row.ifPresent(number -> datapath.uids().setCounterSet(number, isInForeground() ? 1 : 0));
      untold = row.isEmpty();
    }
  }
}
