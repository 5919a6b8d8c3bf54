package org.uidnet.stats;

import java.io.ByteArrayOutputStream;

/**
 * Many mostly small numbers in few bytes: seven bits a byte, lowest first, the top bit says that
 * more follow; after a 0 comes how many further zeros follow it.
 */
final class Packed {
  private Packed() {}

  static byte[] pack(long[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(values.length);
    for (int i = 0; i < values.length; i++) {
      put(out, values[i]);
      if (values[i] == 0) {
        int zeros = zerosFrom(values, i + 1);
        put(out, zeros);
        i += zeros;
      }
    }
    return out.toByteArray();
  }

  static long[] unpack(byte[] bytes, int count) {
    long[] values = new long[count];
    Reader in = new Reader(bytes);
    for (int i = 0; i < count; i++) {
      values[i] = in.next();
      if (values[i] == 0) {
        i += (int) in.next();
      }
    }
    return values;
  }

  private static int zerosFrom(long[] values, int from) {
    int end = from;
    while (end < values.length && values[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static void put(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    long next() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = bytes[at++];
        value |= (long) (part & 0x7f) << shift;
        if (part >= 0) {
          return value;
        }
      }
    }
  }
}
