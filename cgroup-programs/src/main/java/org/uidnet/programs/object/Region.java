package org.uidnet.programs.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A named run of little-endian bytes. Every read is checked; one that leaves the run names the
 * place.
 */
final class Region {
  private final String name;
  private final ByteBuffer bytes;

  private Region(String name, ByteBuffer bytes) {
    this.name = name;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Views the array. */
  static Region of(String name, byte[] bytes) {
    return new Region(name, ByteBuffer.wrap(bytes));
  }

  Region slice(String part, long at, long length) {
    int start = checked(at, length);
    return new Region(part, bytes.slice(start, (int) length));
  }

  int size() {
    return bytes.capacity();
  }

  int u8(long at) {
    return bytes.get(checked(at, 1)) & 0xff;
  }

  int u16(long at) {
    return bytes.getShort(checked(at, 2)) & 0xffff;
  }

  int i32(long at) {
    return bytes.getInt(checked(at, 4));
  }

  long u32(long at) {
    return Integer.toUnsignedLong(i32(at));
  }

  long i64(long at) {
    return bytes.getLong(checked(at, 8));
  }

  /** The text from there to the next NUL. */
  String string(long at) {
    int start = checked(at, 1);
    int end = start;
    while (u8(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    bytes.get(start, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  byte[] toArray() {
    byte[] copy = new byte[size()];
    bytes.get(0, copy);
    return copy;
  }

  ObjectFormatException expected(long at, String what) {
    return new ObjectFormatException(
        name + ", offset " + Long.toUnsignedString(at) + " of " + size(), what);
  }

  void require(boolean condition, long at, String what) {
    if (!condition) {
      throw expected(at, what);
    }
  }

  private int checked(long at, long length) {
    // Unsigned 64-bit values that do not fit are negative here.
    boolean inside = at >= 0 && length >= 0 && at <= size() && length <= size() - at;
    require(inside, at, Long.toUnsignedString(length) + " more bytes");
    return (int) at;
  }
}
