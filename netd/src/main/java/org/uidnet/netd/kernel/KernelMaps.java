package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MapBatch;
import org.uidnet.netd.sys.MapInfo;
import org.uidnet.netd.sys.MappedMemory;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.MapAccess;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.object.Btf;
import org.uidnet.programs.object.Bytes;

/**
 * The maps of one generation, mapped into memory or by system calls. Owns the mappings, not the
 * descriptors: whoever keeps memory beyond {@link #close} gets an {@link InternalError} from it.
 * Thread-safe.
 */
final class KernelMaps implements MapAccess, AutoCloseable {
  /**
   * One call reads all that a map can hold. More are needed only where a trie changed meanwhile,
   * and as each may begin from its first key again, there must be an end to them.
   */
  private static final int MOST_READS = 4;

  private final Generation generation;
  private final boolean writable;
  private final Resources mappings = new Resources();
  private final Map<String, MapInfo> infos = new ConcurrentHashMap<>();

  private KernelMaps(Generation generation, boolean writable) {
    this.generation = generation;
    this.writable = writable;
  }

  static KernelMaps of(Generation generation) {
    return new KernelMaps(generation, true);
  }

  /** Maps that no program uses any more: nothing of them is changed. */
  static KernelMaps retired(Generation generation) {
    return new KernelMaps(generation, false);
  }

  /** The control alone: it tells whether the rest is described and of our layout. */
  Control control(Btf types) {
    return new Control(memory(Pins.MARK), types.structLayout("control"));
  }

  @Override
  public synchronized ByteBuffer memory(String map) {
    long bytes = MapShape.of(info(map)).bytes();
    return view(
        writable
            ? MappedMemory.ofMap(generation.map(map), bytes)
            : MappedMemory.ofMapReadOnly(generation.map(map), bytes));
  }

  private ByteBuffer view(MappedMemory mapped) {
    mappings.onClose(mapped::close);
    return mapped.view();
  }

  @Override
  public Optional<byte[]> lookup(String map, byte[] key) {
    return call(() -> Bpf.lookup(generation.map(map), key, info(map).valueSize()));
  }

  @Override
  public Map<Bytes, Bytes> entries(String map) {
    MapInfo info = info(map);
    try (MapBatch batch =
        new MapBatch(generation.map(map), info.keySize(), info.valueSize(), info.maxEntries())) {
      return call(() -> entries(batch));
    }
  }

  private static Map<Bytes, Bytes> entries(MapBatch batch) {
    Map<Bytes, Bytes> entries = new LinkedHashMap<>();
    boolean more = true;
    for (int i = 0; more && i < MOST_READS; i++) {
      more = batch.read();
      batch.forEach((key, value) -> entries.put(Bytes.of(key), Bytes.of(value)));
    }
    return entries;
  }

  @Override
  public void put(String map, byte[] key, byte[] value) {
    requireWritable();
    run(() -> Bpf.update(generation.map(map), key, value, Bpf.ANY));
  }

  @Override
  public boolean insert(String map, byte[] key, byte[] value) {
    requireWritable();
    return call(() -> insert(generation.map(map), key, value));
  }

  private static boolean insert(Fd map, byte[] key, byte[] value) {
    try {
      Bpf.update(map, key, value, Bpf.NOEXIST);
      return true;
    } catch (SysException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean delete(String map, byte[] key) {
    requireWritable();
    return call(() -> Bpf.delete(generation.map(map), key));
  }

  @Override
  public void push(String map, byte[] value) {
    requireWritable();
    run(() -> Bpf.push(generation.map(map), value));
  }

  @Override
  public Optional<byte[]> pop(String map) {
    requireWritable();
    return call(() -> Bpf.pop(generation.map(map), info(map).valueSize()));
  }

  @Override
  public synchronized Ring ring(String map) {
    requireWritable();
    Fd ring = generation.map(map);
    int size = info(map).maxEntries();
    return new Ring(
        view(MappedMemory.ofRingConsumer(ring)),
        view(MappedMemory.ofRingProducer(ring, size)),
        MappedMemory.pageSize(),
        size);
  }

  @Override
  public void awaitRing(String map, int milliseconds) {
    run(() -> generation.map(map).awaitReadable(milliseconds));
  }

  private MapInfo info(String map) {
    return infos.computeIfAbsent(map, generation::info);
  }

  private void requireWritable() {
    if (!writable) {
      throw new DatapathException(
          "the maps of epoch " + generation.epoch() + " are retired: they can only be read");
    }
  }

  /** A system call whose failure is the datapath's. */
  static void run(Runnable call) {
    call(
        () -> {
          call.run();
          return true;
        });
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (SysException e) {
      throw new DatapathException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    mappings.close();
  }
}
