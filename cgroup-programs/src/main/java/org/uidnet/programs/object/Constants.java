package org.uidnet.programs.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.layout.StructLayout.Field;

/**
 * What a read-only data section holds: set before the load, constant for the verifier.
 *
 * @param layout the section's variables by name, such as {@code limits.slots}
 */
public record Constants(StructLayout layout, Bytes bytes) {
  public Constants {
    if (bytes.size() != layout.size()) {
      throw new IllegalArgumentException(
          layout.name() + " holds " + layout.size() + " bytes, not " + bytes.size());
    }
  }

  /** The value of a variable, as an unsigned number where it is shorter than 64 bits. */
  public long get(String variable) {
    Field field = field(variable);
    ByteBuffer buffer = bytes.buffer();
    return switch (field.size()) {
      case 1 -> Byte.toUnsignedLong(buffer.get(field.offset()));
      case 2 -> Short.toUnsignedLong(buffer.getShort(field.offset()));
      case 4 -> Integer.toUnsignedLong(buffer.getInt(field.offset()));
      case 8 -> buffer.getLong(field.offset());
      default -> throw notANumber(variable);
    };
  }

  /** A copy in which one variable has another value. */
  public Constants with(String variable, long value) {
    Field field = field(variable);
    byte[] changed = bytes.toArray();
    ByteBuffer buffer = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    requireFits(field, value);
    switch (field.size()) {
      case 1 -> buffer.put(field.offset(), (byte) value);
      case 2 -> buffer.putShort(field.offset(), (short) value);
      case 4 -> buffer.putInt(field.offset(), (int) value);
      case 8 -> buffer.putLong(field.offset(), value);
      default -> throw notANumber(variable);
    }
    return new Constants(layout, Bytes.of(changed));
  }

  private Field field(String variable) {
    return layout.fields().stream()
        .filter(field -> field.name().equals(variable))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(layout.name() + " has no constant " + variable));
  }

  /** As a signed or an unsigned number. */
  private static void requireFits(Field field, long value) {
    int bits = field.size() * Byte.SIZE;
    if (bits < Long.SIZE && (value < -(1L << (bits - 1)) || value >= 1L << bits)) {
      throw new IllegalArgumentException(
          value + " does not fit into the " + bits + " bits of " + field.name());
    }
  }

  private IllegalArgumentException notANumber(String variable) {
    return new IllegalArgumentException(layout.name() + ": " + variable + " is not a number");
  }
}
