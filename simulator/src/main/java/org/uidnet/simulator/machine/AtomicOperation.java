package org.uidnet.simulator.machine;

/** A read-modify-write instruction, by its immediate without the fetch bit. */
enum AtomicOperation {
  ADD,
  OR,
  AND,
  XOR,
  EXCHANGE,
  COMPARE_EXCHANGE;

  /** In the immediate: the register gets what was there. */
  static final int FETCH = 1;

  static boolean exists(int immediate) {
    return switch (immediate) {
      case 0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1 -> true;
      default -> false;
    };
  }

  /** That of an immediate that exists. */
  static AtomicOperation of(int immediate) {
    return switch (immediate & ~FETCH) {
      case 0x00 -> ADD;
      case 0x40 -> OR;
      case 0x50 -> AND;
      case 0xa0 -> XOR;
      case 0xe0 -> EXCHANGE;
      default -> COMPARE_EXCHANGE;
    };
  }
}
