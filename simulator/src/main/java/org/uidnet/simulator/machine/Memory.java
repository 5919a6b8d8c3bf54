package org.uidnet.simulator.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the programs of one kernel can address. Address 0 and every number that no region has given
 * out fault. Regions are added while nothing runs; words may be read and written from any thread.
 */
public final class Memory {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** By number; 0 is nobody's, so that null pointers fault. */
  private Region[] regions = {new Region("null", 0, Region.Spec.memory(1, 0))};

  /** Adds a region; its name is for messages. */
  public Region add(String name, Region.Spec spec) {
    Region region = new Region(name, regions.length, spec);
    regions = Arrays.copyOf(regions, regions.length + 1);
    regions[regions.length - 1] = region;
    return region;
  }

  /** The region of an address. */
  public Region region(long address) {
    long number = address >>> Region.NUMBER_SHIFT;
    if (number == 0 || number >= regions.length) {
      throw new Trap("follows 0x%x, which is no address".formatted(address));
    }
    return regions[(int) number];
  }

  /**
   * Where a program's bytes are in the memory of their region, for helpers to read.
   *
   * @throws Trap if they are not all there
   */
  public int readable(long address, int size) {
    Region region = region(address);
    int at = region.find(address, size);
    if (at < 0) {
      throw region.outside("reads", address, size);
    }
    return at;
  }

  /** The same for helpers that write. */
  public int writable(long address, int size) {
    Region region = region(address);
    int at = region.find(address, size);
    if (at < 0 || !region.isWritable()) {
      throw refusedStore(region, address, size);
    }
    return at;
  }

  long load8(long address) {
    Region region = region(address);
    int at = region.find(address, 1);
    return at >= 0 ? region.memory().get(at) & 0xffL : loadField(region, address, 1);
  }

  long load16(long address) {
    Region region = region(address);
    int at = region.find(address, 2);
    return at >= 0 ? region.memory().getShort(at) & 0xffffL : loadField(region, address, 2);
  }

  long load32(long address) {
    Region region = region(address);
    int at = region.find(address, 4);
    return at >= 0 ? region.memory().getInt(at) & 0xffff_ffffL : loadField(region, address, 4);
  }

  long load64(long address) {
    Region region = region(address);
    int at = region.find(address, 8);
    return at >= 0 ? region.memory().getLong(at) : loadField(region, address, 8);
  }

  private static long loadField(Region region, long address, int size) {
    Fields fields = region.fields();
    if (fields == null) {
      throw region.outside("reads", address, size);
    }
    return fields.load(fieldOffset(region, address), size);
  }

  void store8(long address, long value) {
    Region region = region(address);
    int at = region.find(address, 1);
    if (at >= 0 && region.isWritable()) {
      region.memory().put(at, (byte) value);
    } else {
      storeField(region, address, 1, value);
    }
  }

  void store16(long address, long value) {
    Region region = region(address);
    int at = region.find(address, 2);
    if (at >= 0 && region.isWritable()) {
      region.memory().putShort(at, (short) value);
    } else {
      storeField(region, address, 2, value);
    }
  }

  void store32(long address, long value) {
    Region region = region(address);
    int at = region.find(address, 4);
    if (at >= 0 && region.isWritable()) {
      region.memory().putInt(at, (int) value);
    } else {
      storeField(region, address, 4, value);
    }
  }

  void store64(long address, long value) {
    Region region = region(address);
    int at = region.find(address, 8);
    if (at >= 0 && region.isWritable()) {
      region.memory().putLong(at, value);
    } else {
      storeField(region, address, 8, value);
    }
  }

  private static void storeField(Region region, long address, int size, long value) {
    Fields fields = region.fields();
    if (fields == null) {
      throw refusedStore(region, address, size);
    }
    fields.store(fieldOffset(region, address), size, value);
  }

  private static Trap refusedStore(Region region, long address, int size) {
    return region.isWritable() || region.find(address, size) < 0
        ? region.outside("writes", address, size)
        : new Trap("writes to " + region.describe(address) + ", which is read-only");
  }

  private static int fieldOffset(Region region, long address) {
    long offset = address - region.address(0);
    if (offset < 0 || offset > Short.MAX_VALUE) {
      throw new Trap("reaches for " + region.describe(address));
    }
    return (int) offset;
  }

  /** A 32-bit read-modify-write; answers what was there. */
  long atomic32(AtomicOperation operation, long address, long operand, long expected) {
    Region region = region(address);
    ByteBuffer memory = region.memory();
    int at = atomicAt(region, address, 4);
    int value = (int) operand;
    int old =
        switch (operation) {
          case ADD -> (int) INT.getAndAdd(memory, at, value);
          case OR -> (int) INT.getAndBitwiseOr(memory, at, value);
          case AND -> (int) INT.getAndBitwiseAnd(memory, at, value);
          case XOR -> (int) INT.getAndBitwiseXor(memory, at, value);
          case EXCHANGE -> (int) INT.getAndSet(memory, at, value);
          case COMPARE_EXCHANGE -> (int) INT.compareAndExchange(memory, at, (int) expected, value);
        };
    return old & 0xffff_ffffL;
  }

  /** A 64-bit read-modify-write; answers what was there. */
  long atomic64(AtomicOperation operation, long address, long operand, long expected) {
    Region region = region(address);
    ByteBuffer memory = region.memory();
    int at = atomicAt(region, address, 8);
    return switch (operation) {
      case ADD -> (long) LONG.getAndAdd(memory, at, operand);
      case OR -> (long) LONG.getAndBitwiseOr(memory, at, operand);
      case AND -> (long) LONG.getAndBitwiseAnd(memory, at, operand);
      case XOR -> (long) LONG.getAndBitwiseXor(memory, at, operand);
      case EXCHANGE -> (long) LONG.getAndSet(memory, at, operand);
      case COMPARE_EXCHANGE -> (long) LONG.compareAndExchange(memory, at, expected, operand);
    };
  }

  private static int atomicAt(Region region, long address, int size) {
    int at = region.find(address, size);
    if (at < 0 || !region.isWritable()) {
      throw refusedStore(region, address, size);
    }
    if ((at & (size - 1)) != 0) {
      throw new Trap("changes " + size + " misaligned bytes at " + region.describe(address));
    }
    return at;
  }

  /** What a number means as an address, for messages. */
  public String describe(long value) {
    long number = value >>> Region.NUMBER_SHIFT;
    return number > 0 && number < regions.length
        ? regions[(int) number].describe(value)
        : "0x" + Long.toHexString(value);
  }
}
