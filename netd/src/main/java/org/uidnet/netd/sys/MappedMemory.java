package org.uidnet.netd.sys;

import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory shared with the kernel: the values of an mmapable map, or a ring buffer.
 *
 * <p>Closing swaps the pages, in one step, for an empty file: the map is let go at once, and a view
 * that somebody kept faults with SIGBUS, which the JVM turns into an {@link InternalError} in the
 * thread that looked (from compiled code a moment after the access, which answers nonsense). An
 * unmapped page would kill the JVM; zero pages would answer wrongly without a word. The bare
 * address range is given back when the last view is garbage. Thread-safe.
 */
public final class MappedMemory implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_FIXED = 0x10;
  private static final int MFD_CLOEXEC = 1;
  private static final int SC_PAGESIZE = 30;
  private static final Pointer FAILED = Pointer.createConstant(-1);

  private final Pointer address;
  private final ByteBuffer view;
  private boolean closed;

  private MappedMemory(Pointer address, long size, boolean writable) {
    this.address = address;
    ByteBuffer whole = address.getByteBuffer(0, size);
    // Slices and duplicates keep the buffer they were made from, so it goes last.
    CLEANER.register(whole, () -> Libc.munmap(address, size));
    ByteBuffer shared = writable ? whole.duplicate() : whole.asReadOnlyBuffer();
    view = shared.order(ByteOrder.nativeOrder());
  }

  /** Maps the values of a map that was created mmapable. */
  public static MappedMemory ofMap(Fd map, long size) {
    return map(map, 0, size, true);
  }

  /** The same, for reading only. */
  public static MappedMemory ofMapReadOnly(Fd map, long size) {
    return map(map, 0, size, false);
  }

  /** The page of a ring buffer that says how far it was read; the reader's own. */
  public static MappedMemory ofRingConsumer(Fd ring) {
    return map(ring, 0, pageSize(), true);
  }

  /** The page that says how far a ring buffer was written, and its data, twice in a row. */
  public static MappedMemory ofRingProducer(Fd ring, int dataSize) {
    return map(ring, pageSize(), pageSize() + 2L * dataSize, false);
  }

  /** Bytes of a page of this machine. */
  public static int pageSize() {
    return (int) Libc.sysconf(SC_PAGESIZE);
  }

  private static MappedMemory map(Fd map, long offset, long size, boolean writable) {
    if (size <= 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "cannot view " + size + " bytes of a map: 1 byte to 2 GiB");
    }
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    Pointer at = Libc.mmap(Pointer.NULL, size, protection, MAP_SHARED, map.number(), offset);
    if (FAILED.equals(at)) {
      throw new SysException("mmap " + size + " bytes of a map");
    }
    return new MappedMemory(at, size, writable);
  }

  /** The bytes, in native order. */
  public synchronized ByteBuffer view() {
    if (closed) {
      throw new IllegalStateException("the map is closed");
    }
    return view.duplicate().order(ByteOrder.nativeOrder());
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      replaceByEmptyFile();
    }
  }

  private void replaceByEmptyFile() {
    try (Fd empty = Fd.owning(Libc.memfd_create("uidnet-closed", MFD_CLOEXEC), "memfd_create")) {
      int flags = MAP_SHARED | MAP_FIXED;
      Pointer at = Libc.mmap(address, view.capacity(), PROT_READ, flags, empty.number(), 0);
      if (FAILED.equals(at)) {
        throw new SysException("mmap an empty file over a closed map");
      }
    }
  }
}
