package org.uidnet.simulator.machine;

/**
 * A program did what the kernel's verifier would never have let it do. The message names program,
 * instruction and registers.
 */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1;

  Fault(String message, Trap cause) {
    super(message, cause);
  }
}
