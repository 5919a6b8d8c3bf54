package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MappedMemory;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.layout.TraceReader;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;
import org.uidnet.simulator.maps.Contents;

/** An object's maps and programs in the kernel, attached to nothing. Owns them. */
final class KernelSide implements Side, AutoCloseable {
  private static final int ARRAY = 2;
  private static final int RING = 27;
  private static final int MMAPABLE = 1 << 10;
  private static final String TRACES = "traces";
  private static final byte[] FIRST = new byte[Integer.BYTES];

  private final Map<String, MapSpec> specs = new HashMap<>();
  private final Map<String, Fd> maps = new HashMap<>();
  private final Map<String, MappedMemory> memories = new HashMap<>();
  private final Map<String, ByteBuffer> views = new HashMap<>();
  private final Map<String, Fd> programs = new HashMap<>();

  /** The recorder's maps have none. */
  private final Optional<Ring> traces;

  KernelSide(ProgramObject object, Limits limits) {
    try (Fd btf = Bpf.loadBtf(object.btf())) {
      object.maps().forEach(map -> make(limits.apply(map), btf));
      object.programs().forEach(program -> load(program, object.license()));
      traces = specs.containsKey(TRACES) ? Optional.of(ring(TRACES)) : Optional.empty();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void make(MapSpec spec, Fd btf) {
    Bpf.NewMap map =
        new Bpf.NewMap(
            spec.name(),
            spec.type(),
            spec.keySize(),
            spec.valueSize(),
            spec.maxEntries(),
            spec.flags());
    Bpf.MapTypes types = new Bpf.MapTypes(btf, spec.btfKeyTypeId(), spec.btfValueTypeId());
    Fd made = spec.btfValueTypeId() == 0 ? Bpf.createMap(map) : Bpf.createMap(map, types);
    specs.put(spec.name(), spec);
    maps.put(spec.name(), made);
    if (spec.type() == ARRAY && (spec.flags() & MMAPABLE) != 0) {
      MappedMemory memory = MappedMemory.ofMap(made, (long) spec.valueSize() * spec.maxEntries());
      memories.put(spec.name(), memory);
      views.put(spec.name(), memory.view());
    }
    spec.constants().ifPresent(constants -> freeze(made, constants.bytes().toArray()));
  }

  private static void freeze(Fd map, byte[] contents) {
    Bpf.update(map, FIRST, contents, Bpf.ANY);
    Bpf.freeze(map);
  }

  private void load(ProgramSpec program, String license) {
    Bpf.NewProgram description =
        new Bpf.NewProgram(program.name(), program.type(), program.attachType(), license);
    programs.put(program.name(), Bpf.load(description, program.link(name -> map(name).number())));
  }

  Fd program(String name) {
    return known(programs, name);
  }

  Fd map(String name) {
    return known(maps, name);
  }

  private static <T> T known(Map<String, T> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }

  /** The maps that can be compared, arrays last. */
  List<String> comparable() {
    return specs.values().stream()
        .filter(spec -> spec.constants().isEmpty() && spec.maxEntries() > 0 && spec.type() != RING)
        .sorted(Comparator.comparing(spec -> spec.type() == ARRAY))
        .map(MapSpec::name)
        .toList();
  }

  boolean isArray(String map) {
    return known(specs, map).type() == ARRAY;
  }

  int valueSize(String map) {
    return known(specs, map).valueSize();
  }

  @Override
  public ByteBuffer memory(String map) {
    return known(views, map);
  }

  @Override
  public void put(String map, byte[] key, byte[] value) {
    Bpf.update(map(map), key, value, Bpf.ANY);
  }

  @Override
  public void push(String map, byte[] value) {
    Bpf.push(map(map), value);
  }

  @Override
  public void clear(String map) {
    if (known(specs, map).keySize() == 0) {
      takeAll(map);
    } else {
      keys(map).forEach(key -> Bpf.delete(map(map), key));
    }
  }

  @Override
  public List<Trace> takeTraces() {
    List<Trace> taken = new ArrayList<>();
    traces.orElseThrow().poll(record -> taken.add(TraceReader.read(record)));
    return taken;
  }

  private Ring ring(String map) {
    MappedMemory consumer = MappedMemory.ofRingConsumer(map(map));
    memories.put(map + " consumer", consumer);
    MappedMemory producer = MappedMemory.ofRingProducer(map(map), known(specs, map).maxEntries());
    memories.put(map + " producer", producer);
    return new Ring(
        consumer.view(), producer.view(), MappedMemory.pageSize(), known(specs, map).maxEntries());
  }

  @Override
  public Contents contents(String map) {
    return new Contents(known(specs, map).keySize() == 0 ? stack(map) : hash(map));
  }

  private List<Contents.Entry> hash(String map) {
    List<byte[]> keys = keys(map);
    keys.sort(Arrays::compareUnsigned);
    return keys.stream()
        .map(key -> entry(key, Bpf.lookup(map(map), key, valueSize(map)).orElseThrow()))
        .toList();
  }

  private List<byte[]> keys(String map) {
    List<byte[]> keys = new ArrayList<>();
    Optional<byte[]> key = Bpf.firstKey(map(map), known(specs, map).keySize());
    while (key.isPresent()) {
      keys.add(key.get());
      key = Bpf.nextKey(map(map), key.get());
    }
    return keys;
  }

  /** A stack shows its contents only to who takes them; they are put back. */
  private List<Contents.Entry> stack(String map) {
    List<byte[]> values = takeAll(map);
    List<byte[]> fromBottom = new ArrayList<>(values);
    Collections.reverse(fromBottom);
    fromBottom.forEach(value -> push(map, value));
    return values.stream().map(value -> entry(new byte[0], value)).toList();
  }

  private List<byte[]> takeAll(String map) {
    List<byte[]> values = new ArrayList<>();
    Optional<byte[]> value = Bpf.pop(map(map), valueSize(map));
    while (value.isPresent()) {
      values.add(value.get());
      value = Bpf.pop(map(map), valueSize(map));
    }
    return values;
  }

  private static Contents.Entry entry(byte[] key, byte[] value) {
    return new Contents.Entry(Bytes.of(key), Bytes.of(value));
  }

  @Override
  public void close() {
    programs.values().forEach(Fd::close);
    memories.values().forEach(MappedMemory::close);
    maps.values().forEach(Fd::close);
  }
}
