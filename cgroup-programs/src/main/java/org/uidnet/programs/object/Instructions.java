package org.uidnet.programs.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * BPF instructions that can be linked, eight bytes each:
 *
 * <pre>
 * 0        1                    2        4           8
 * | opcode | source:4 | target:4 | offset | immediate |
 * </pre>
 */
final class Instructions {
  /** Bytes. */
  static final int SIZE = 8;

  /** The 64-bit load, two instructions long; the second has the upper half of the number. */
  private static final int LOAD_64 = 0x18;

  private static final int CALL = 0x85;

  /** Source of a call: a function of this program. */
  private static final int PSEUDO_CALL = 1;

  /** Source of a 64-bit load: the map with this descriptor. */
  private static final int PSEUDO_MAP_FD = 1;

  /** Source of a 64-bit load: an address in the only value of that map. */
  private static final int PSEUDO_MAP_VALUE = 2;

  private static final int SOURCE_AT = 1;
  private static final int IMMEDIATE_AT = 4;

  private final ByteBuffer code;

  private Instructions(ByteBuffer code) {
    this.code = code.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Views the array: what is linked here is linked there. */
  static Instructions of(byte[] code) {
    return new Instructions(ByteBuffer.wrap(code));
  }

  boolean isWide(int index) {
    return opcode(index) == LOAD_64;
  }

  boolean isFunctionCall(int index) {
    return opcode(index) == CALL && source(index) == PSEUDO_CALL;
  }

  int immediate(int index) {
    return code.getInt(index * SIZE + IMMEDIATE_AT);
  }

  /** Makes a call go to the instruction with that index. */
  void linkCall(int index, int target) {
    setImmediate(index, target - (index + 1));
  }

  /** Makes a 64-bit load refer to a map. */
  void linkMap(MapReference reference, int mapFd) {
    int index = reference.instruction();
    setSource(index, reference.valueOffset().isPresent() ? PSEUDO_MAP_VALUE : PSEUDO_MAP_FD);
    setImmediate(index, mapFd);
    setImmediate(index + 1, reference.valueOffset().orElse(0));
  }

  private int opcode(int index) {
    return code.get(index * SIZE) & 0xff;
  }

  private int source(int index) {
    return code.get(index * SIZE + SOURCE_AT) >> 4 & 15;
  }

  private void setSource(int index, int source) {
    int target = code.get(index * SIZE + SOURCE_AT) & 15;
    code.put(index * SIZE + SOURCE_AT, (byte) (source << 4 | target));
  }

  private void setImmediate(int index, int value) {
    code.putInt(index * SIZE + IMMEDIATE_AT, value);
  }
}
