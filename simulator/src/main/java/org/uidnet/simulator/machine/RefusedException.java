package org.uidnet.simulator.machine;

/** A program cannot be loaded. The message names program, instruction and what is wrong there. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RefusedException(String message) {
    super(message);
  }
}
