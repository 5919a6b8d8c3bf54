package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.MappedMemory;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.MapAccess;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.object.Btf;

/**
 * The maps of one generation, mapped into memory or by system calls. Owns the mappings, not the
 * descriptors: whoever keeps memory beyond {@link #close} gets an {@link InternalError} from it.
 * Thread-safe.
 */
final class KernelMaps implements MapAccess, AutoCloseable {
  private final Generation generation;
  private final boolean writable;
  private final Resources mappings = new Resources();
  private final Map<String, Integer> valueSizes = new ConcurrentHashMap<>();

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
    long bytes = MapShape.of(generation.info(map)).bytes();
    MappedMemory mapped =
        writable
            ? MappedMemory.ofMap(generation.map(map), bytes)
            : MappedMemory.ofMapReadOnly(generation.map(map), bytes);
    mappings.onClose(mapped::close);
    return mapped.view();
  }

  @Override
  public Optional<byte[]> lookup(String map, byte[] key) {
    return call(() -> Bpf.lookup(generation.map(map), key, valueSize(map)));
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
    return call(() -> Bpf.pop(generation.map(map), valueSize(map)));
  }

  private int valueSize(String map) {
    return valueSizes.computeIfAbsent(map, name -> generation.info(name).valueSize());
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
