package org.uidnet.simulator.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Part of a machine's memory: equal elements, such as the values of a map or the frames of a stack.
 * An address in it is
 *
 * <pre>
 * 63        40 39 38                                   0
 * | region    | 1 | element << shift | offset in element |
 * </pre>
 *
 * <p>where {@code 1 << shift} is at least twice the size of an element: behind each element is a
 * gap as wide as itself that belongs to nobody, so a program that leaves an element faults instead
 * of meeting the next one. Bit 39 does the same for what is before the first.
 */
public final class Region {
  static final int NUMBER_SHIFT = 40;
  private static final long FIRST = 1L << (NUMBER_SHIFT - 1);

  private final String name;
  private final long base;
  private final int elementSize;
  private final int stride;
  private final int shift;
  private final boolean writable;
  private final @Nullable Fields fields;
  private final @Nullable Object owner;

  /** Replaced by a larger one when the region grows. */
  private ByteBuffer memory;

  private int count;

  Region(String name, int number, Spec spec) {
    this.name = name;
    base = ((long) number << NUMBER_SHIFT) | FIRST;
    elementSize = spec.elementSize;
    stride = spec.stride();
    shift = Integer.SIZE - Integer.numberOfLeadingZeros(2 * elementSize - 1);
    writable = spec.writable;
    fields = spec.fields;
    owner = spec.owner;
    count = spec.count;
    memory = allocate(count, stride);
  }

  /** What a region should be. Elements are kept 8-byte aligned, one after the other. */
  public record Spec(
      int elementSize,
      int count,
      boolean writable,
      @Nullable Fields fields,
      @Nullable Object owner) {
    public static Spec memory(int elementSize, int count) {
      return new Spec(elementSize, count, true, null, null);
    }

    /** Whoever asks the region is told whose it is. */
    public Spec of(Object whose) {
      return new Spec(elementSize, count, writable, fields, whose);
    }

    /** Accesses are answered by the fields. */
    public static Spec fields(Fields fields) {
      return new Spec(1, 0, false, fields, null);
    }

    public Spec readOnly() {
      return new Spec(elementSize, count, false, fields, owner);
    }

    int stride() {
      return (elementSize + 7) & -8;
    }
  }

  private static ByteBuffer allocate(int count, int stride) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, stride))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The address of an element's first byte. */
  public long address(int element) {
    return base + ((long) element << shift);
  }

  /** Which element an address of this region is in. */
  public int element(long address) {
    return (int) ((address - base) >> shift);
  }

  /** The elements, one after the other, each on a multiple of 8. */
  public ByteBuffer memory() {
    return memory;
  }

  /** Where an element begins in {@link #memory}. */
  public int position(int element) {
    return element * stride;
  }

  public int count() {
    return count;
  }

  /** Bytes. */
  public int elementSize() {
    return elementSize;
  }

  /** Makes room for more elements; those that are there keep their addresses and contents. */
  public void grow(int elements) {
    ByteBuffer larger = allocate(elements, stride);
    larger.put(0, memory, 0, memory.capacity());
    memory = larger;
    count = elements;
  }

  boolean isWritable() {
    return writable;
  }

  /** Who was named when it was made. */
  public @Nullable Object owner() {
    return owner;
  }

  /** What answers instead of memory. */
  public @Nullable Fields fields() {
    return fields;
  }

  /** Where in {@link #memory} the bytes are; -1 if they are not all in one element. */
  int find(long address, int size) {
    long element = (address - base) >> shift;
    int within = (int) (address - base) & ((1 << shift) - 1);
    boolean inside = element >= 0 && element < count && within <= elementSize - size;
    return inside ? (int) element * stride + within : -1;
  }

  /** Such as {@code uids[10123]+64}, or {@code uids[0]-8}. */
  String describe(long address) {
    long offset = address - base;
    if (fields != null) {
      return "%s%+d".formatted(name, offset);
    }
    long nearest = (offset + (1L << shift) / 4) >> shift;
    return "%s[%d]%+d".formatted(name, nearest, offset - (nearest << shift));
  }

  /** Why an access failed. */
  Trap outside(String access, long address, int size) {
    return new Trap(
        "%s %d bytes at %s; an element has %d bytes, and there are %d"
            .formatted(access, size, describe(address), elementSize, count));
  }
}
