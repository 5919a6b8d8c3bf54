package org.uidnet.simulator.kernel;

/** Parts of the 32-bit fields of contexts. */
final class Word {
  private Word() {}

  /** The bytes of a little-endian word that a narrow load at this offset gets. */
  static long part(int word, int offset, int size) {
    long shifted = (word & 0xffff_ffffL) >>> (8 * (offset & 3));
    return size == Integer.BYTES ? shifted : shifted & ((1L << (8 * size)) - 1);
  }

  /** A 16-bit number as programs read it from a field in network order. */
  static int networkOrder(int number) {
    return Short.reverseBytes((short) number) & 0xffff;
  }
}
