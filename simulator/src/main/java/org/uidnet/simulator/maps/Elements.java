package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uidnet.programs.object.Bytes;
import org.uidnet.simulator.machine.Region;

/** Copies of elements. */
final class Elements {
  private Elements() {}

  static Bytes bytes(Region region, int element) {
    return bytes(region.memory(), region.position(element), region.elementSize());
  }

  static Bytes bytes(ByteBuffer buffer, int at, int size) {
    byte[] copy = new byte[size];
    buffer.get(at, copy);
    return Bytes.of(copy);
  }

  static Bytes word(int value) {
    return Bytes.of(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
