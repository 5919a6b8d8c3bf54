package org.uidnet.netd.kernel;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.uidnet.programs.layout.Control;

/** Sees to it that all links run this blueprint's programs on the live generation. */
final class Installer {
  private static final byte[] NO_HASH = new byte[32];

  private final Blueprint blueprint;
  private final Pins pins;
  private final Links links;
  private final Clock clock;

  Installer(Blueprint blueprint, Pins pins, Links links, Clock clock) {
    this.blueprint = blueprint;
    this.pins = pins;
    this.links = links;
    this.clock = clock;
  }

  boolean isInstalled(Live live) {
    return links.missing().isEmpty()
        && links.allUse(live.generation())
        && Arrays.equals(live.datapath().control().objectHash(), blueprint.object().hash())
        && Programs.haveConstants(blueprint, pins, live.generation());
  }

  /** Loads and attaches, all or none; what ran before runs on if it fails. */
  void install(Live live) {
    try (Programs programs = Programs.load(blueprint, live.generation())) {
      live.pin(pins);
      Control control = live.datapath().control();
      byte[] before = control.objectHash();
      begin(control);
      try {
        links.run(programs::get);
      } catch (RuntimeException e) {
        control.setObjectHash(before);
        throw e;
      }
      if (pins.arePossible()) {
        programs.pinConstants(pins, live.generation());
      }
      control.setObjectHash(blueprint.object().hash());
    }
  }

  /**
   * While links change, the maps say that nobody knows which programs use them, so that a start of
   * whatever version after an interruption installs its own on all links.
   */
  private void begin(Control control) {
    control.setObjectHash(NO_HASH);
    if (control.attachedAt() == 0) {
      control.setAttachedAt(nanoseconds(clock.instant()));
    }
  }

  private static long nanoseconds(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
