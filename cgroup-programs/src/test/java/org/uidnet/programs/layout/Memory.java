package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory as a map's is: off the heap, in native order, zero. */
final class Memory {
  private Memory() {}

  static ByteBuffer of(StructLayout struct, int count) {
    return ByteBuffer.allocateDirect(struct.size() * count).order(ByteOrder.nativeOrder());
  }
}
