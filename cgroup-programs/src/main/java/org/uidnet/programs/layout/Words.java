package org.uidnet.programs.layout;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Single aligned words in memory that others write at the same time. Reads and writes are ordered
 * as acquire and release; a word is never torn.
 */
final class Words {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Words() {}

  static int getInt(ByteBuffer memory, int at) {
    return (int) INT.getAcquire(memory, at);
  }

  static long getUnsigned(ByteBuffer memory, int at) {
    return Integer.toUnsignedLong(getInt(memory, at));
  }

  static void setInt(ByteBuffer memory, int at, int value) {
    INT.setRelease(memory, at, value);
  }

  static boolean compareAndSetInt(ByteBuffer memory, int at, int expected, int value) {
    return INT.compareAndSet(memory, at, expected, value);
  }

  static int addInt(ByteBuffer memory, int at, int delta) {
    return (int) INT.getAndAdd(memory, at, delta);
  }

  static long getLong(ByteBuffer memory, int at) {
    return (long) LONG.getAcquire(memory, at);
  }

  static void setLong(ByteBuffer memory, int at, long value) {
    LONG.setRelease(memory, at, value);
  }
}
