package org.uidnet.simulator.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.MapAccess;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapReference;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.maps.BpfMap;
import org.uidnet.simulator.maps.Errno;
import org.uidnet.simulator.maps.RingMap;

/** The maps of one kernel, for programs by address and for user space by name. */
final class SimulatedMaps implements MapAccess {
  private static final int SLEEP = 10;

  private final Memory memory;
  private final Map<String, BpfMap> maps = new LinkedHashMap<>();
  private final Map<String, Region> handles = new LinkedHashMap<>();

  SimulatedMaps(Memory memory) {
    this.memory = memory;
  }

  void add(MapSpec spec, int cpus) {
    BpfMap map = BpfMap.create(spec, memory, cpus);
    maps.put(spec.name(), map);
    handles.put(
        spec.name(), memory.add("map " + spec.name(), Region.Spec.fields(new MapHandle(map))));
  }

  Collection<BpfMap> all() {
    return maps.values();
  }

  BpfMap map(String name) {
    return Optional.ofNullable(maps.get(name))
        .orElseThrow(() -> new DatapathException("there is no map " + name));
  }

  /** What a program's reference to a map stands for. */
  long address(MapReference reference) {
    Region region =
        reference.valueOffset().isPresent()
            ? map(reference.map()).values()
            : Optional.ofNullable(handles.get(reference.map())).orElseThrow();
    return region.address(0) + reference.valueOffset().orElse(0);
  }

  @Override
  public ByteBuffer memory(String map) {
    return map(map).values().memory().duplicate().order(ByteOrder.nativeOrder());
  }

  @Override
  public Optional<byte[]> lookup(String name, byte[] key) {
    BpfMap map = map(name);
    long address = map.lookup(buffer(key), 0);
    if (address == 0) {
      return Optional.empty();
    }
    Region values = memory.region(address);
    byte[] value = new byte[map.valueSize()];
    values.memory().get(values.position(values.element(address)), value);
    return Optional.of(value);
  }

  @Override
  public Map<Bytes, Bytes> entries(String map) {
    Map<Bytes, Bytes> entries = new LinkedHashMap<>();
    map(map).contents().entries().forEach(entry -> entries.put(entry.key(), entry.value()));
    return entries;
  }

  @Override
  public void put(String name, byte[] key, byte[] value) {
    check(map(name).update(buffer(key), 0, buffer(value), 0, BpfMap.ANY));
  }

  @Override
  public boolean insert(String name, byte[] key, byte[] value) {
    int result = map(name).update(buffer(key), 0, buffer(value), 0, BpfMap.NOEXIST);
    if (result != -Errno.EEXIST) {
      check(result);
    }
    return result >= 0;
  }

  @Override
  public Ring ring(String map) {
    return ringMap(map).ring();
  }

  /** Whoever runs the programs knows when; a short sleep serves those who do not. */
  @Override
  public void awaitRing(String map, int milliseconds) {
    try {
      Thread.sleep(Math.min(milliseconds, SLEEP));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RingMap ringMap(String name) {
    if (map(name) instanceof RingMap ring) {
      return ring;
    }
    throw new DatapathException("map " + name + " is no ring buffer");
  }

  @Override
  public boolean delete(String name, byte[] key) {
    return found(map(name).delete(buffer(key), 0));
  }

  @Override
  public void push(String name, byte[] value) {
    check(map(name).push(buffer(value), 0, BpfMap.ANY));
  }

  @Override
  public Optional<byte[]> pop(String name) {
    byte[] value = new byte[map(name).valueSize()];
    return found(map(name).pop(buffer(value), 0)) ? Optional.of(value) : Optional.empty();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(int result) {
    if (result < 0) {
      throw new DatapathException("the simulated kernel answers error " + -result);
    }
  }

  private static boolean found(int result) {
    if (result != -Errno.ENOENT) {
      check(result);
    }
    return result >= 0;
  }
}
