package org.uidnet.simulator.world;

/** How a run ended. */
public enum Outcome {
  /** All of the time has passed. */
  DONE,
  /** The host has just booted; the rest of the time has not passed. */
  REBOOTED
}
