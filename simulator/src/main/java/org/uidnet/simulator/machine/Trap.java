package org.uidnet.simulator.machine;

/** What went wrong in an instruction; the processor adds where, and makes it a {@link Fault}. */
public final class Trap extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Trap(String message) {
    super(message);
  }
}
