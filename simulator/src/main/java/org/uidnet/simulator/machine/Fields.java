package org.uidnet.simulator.machine;

/**
 * Memory that is not memory: each access is answered by its offset, as the kernel's verifier
 * rewrites accesses to a context.
 */
public interface Fields {
  /**
   * The value of a field, zero-extended; fields that are pointers are 64-bit addresses.
   *
   * @param offset bytes from the start
   * @param size 1, 2, 4 or 8
   * @throws Trap if programs may not read there
   */
  long load(int offset, int size);

  /**
   * Changes a field.
   *
   * @throws Trap if programs may not write there
   */
  default void store(int offset, int size, long value) {
    throw new Trap("writes " + size + " bytes at offset " + offset + " of what it may only read");
  }
}
