package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.machine.Trap;

/**
 * A ring buffer ({@code kernel/bpf/ringbuf.c}), with the same memory for its reader. A program
 * writes a record where nobody sees it; submitted, it is copied into the ring. For the thread that
 * runs the programs; the reader may be another.
 */
public final class RingMap extends BpfMap {
  static final int TYPE = 27;

  private static final int PAGE = 4096;
  private static final int HEADER = 8;
  private static final int BUSY = 1 << 31;

  private final Memory memory;
  private final int size;
  private final int writers;
  private final ByteBuffer consumer = direct(PAGE);
  private final ByteBuffer producer;

  /** Where records are written, by their size: one element for each writer. */
  private final Map<Integer, Region> drafts = new HashMap<>();

  /** Where in the ring a draft goes, by its address. */
  private final Map<Long, Long> reserved = new HashMap<>();

  private long position;

  RingMap(MapSpec spec, Memory memory, int cpus) {
    super(spec);
    size = spec.maxEntries();
    require(spec.keySize() == 0 && spec.valueSize() == 0, "a ring buffer has no keys and values");
    require(
        size >= PAGE && Integer.bitCount(size) == 1, "a ring has pages, a power of two of them");
    this.memory = memory;
    writers = cpus;
    producer = direct(PAGE + 2 * size);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The reader's view. */
  public Ring ring() {
    return new Ring(
        consumer.duplicate().order(ByteOrder.nativeOrder()),
        producer.duplicate().order(ByteOrder.nativeOrder()),
        PAGE,
        size);
  }

  /** The address of a record to be written; 0 if there is no room. */
  public long reserve(int bytes, int writer) {
    long length = (HEADER + bytes + 7L) & -8;
    if (position + length - consumer.getLong(0) > size - 1) {
      return 0;
    }
    Region draft = drafts.computeIfAbsent(bytes, this::draft);
    long address = draft.address(writer);
    reserved.put(address, position);
    putInt(position, bytes | BUSY);
    position += length;
    producer.putLong(0, position);
    return address;
  }

  private Region draft(int bytes) {
    return memory.add(name() + " record", Region.Spec.memory(bytes, writers).of(this));
  }

  /**
   * A record is complete, whichever ring buffer has given it out.
   *
   * @throws Trap if none has
   */
  public static void submit(Memory memory, long address) {
    if (memory.region(address).owner() instanceof RingMap ring) {
      ring.submit(address);
    } else {
      throw new Trap("submits " + memory.describe(address) + ", which is no record");
    }
  }

  private void submit(long address) {
    Long at = reserved.remove(address);
    if (at == null) {
      throw new Trap("submits " + memory.describe(address) + ", which it has not reserved");
    }
    Region draft = memory.region(address);
    int from = draft.position(draft.element(address));
    for (int i = 0; i < draft.elementSize(); i++) {
      put(at + HEADER + i, draft.memory().get(from + i));
    }
    putInt(at, draft.elementSize());
  }

  /** The data is there twice. */
  private void put(long at, byte value) {
    int offset = PAGE + (int) (at & (size - 1));
    producer.put(offset, value);
    producer.put(offset + size, value);
  }

  private void putInt(long at, int value) {
    int offset = PAGE + (int) (at & (size - 1));
    producer.putInt(offset + size, value);
    java.lang.invoke.VarHandle.releaseFence();
    producer.putInt(offset, value);
  }

  /** None: reading them takes them out. */
  @Override
  public Contents contents() {
    return new Contents(List.of());
  }
}
