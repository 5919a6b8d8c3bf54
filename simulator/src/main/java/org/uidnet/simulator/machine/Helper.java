package org.uidnet.simulator.machine;

/**
 * A function of the kernel that programs may call.
 *
 * @param name without {@code bpf_}
 */
public record Helper(int number, String name, Code code) {
  /** What it does. Pointers among its arguments are addresses in the machine's memory. */
  @FunctionalInterface
  public interface Code {
    /**
     * Answers what register 0 gets.
     *
     * @throws Trap if the kernel's verifier would have refused these arguments
     */
    long call(Processor processor, long a, long b, long c, long d, long e);
  }
}
