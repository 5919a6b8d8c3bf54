package org.uidnet.netd.kernel;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MapInfo;
import org.uidnet.programs.object.Btf;
import org.uidnet.programs.object.MapSpec;

/** The open maps of one epoch. Owns their descriptors. */
final class Generation implements AutoCloseable {
  /** Socket storage lives in sockets that outlast a generation, so a new one takes it over. */
  private static final int SOCKET_STORAGE = 24;

  private final UUID epoch;
  private final Map<String, Fd> maps = new LinkedHashMap<>();

  private Generation(UUID epoch) {
    this.epoch = epoch;
  }

  /** Makes the maps; none is pinned yet. */
  static Generation create(Blueprint blueprint, Optional<Generation> previous) {
    Generation made = new Generation(UUID.randomUUID());
    try (Fd btf = Bpf.loadBtf(blueprint.object().btf())) {
      for (MapSpec spec : blueprint.maps()) {
        made.maps.put(spec.name(), inherited(spec, previous).orElseGet(() -> create(spec, btf)));
      }
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  static Fd create(MapSpec spec, Fd btf) {
    Bpf.NewMap map =
        new Bpf.NewMap(
            spec.name(),
            spec.type(),
            spec.keySize(),
            spec.valueSize(),
            spec.maxEntries(),
            spec.flags());
    return spec.btfValueTypeId() == 0
        ? Bpf.createMap(map)
        : Bpf.createMap(map, new Bpf.MapTypes(btf, spec.btfKeyTypeId(), spec.btfValueTypeId()));
  }

  private static Optional<Fd> inherited(MapSpec spec, Optional<Generation> previous) {
    return spec.type() == SOCKET_STORAGE
        ? previous.flatMap(old -> old.share(spec.name(), MapShape.of(spec)))
        : Optional.empty();
  }

  private Optional<Fd> share(String map, MapShape wanted) {
    return Optional.ofNullable(maps.get(map))
        .map(Bpf::mapInfo)
        .filter(info -> MapShape.of(info).equals(wanted))
        .flatMap(info -> Bpf.map(info.id()));
  }

  /** Opens the pinned maps of a generation that is complete. */
  static Generation open(UUID epoch, Pins pins) {
    Generation opened = new Generation(epoch);
    try {
      for (Path path : pins.mapsOf(epoch)) {
        opened.maps.put(String.valueOf(path.getFileName()), Bpf.openPin(path));
      }
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Pins what is not pinned, the mark last. */
  void pin(Pins pins) {
    Set<String> missing = unpinned(pins);
    missing.stream()
        .filter(name -> !name.equals(Pins.MARK))
        .forEach(name -> Pins.pin(map(name), pins.map(epoch, name)));
    if (missing.contains(Pins.MARK)) {
      Pins.pin(map(Pins.MARK), pins.map(epoch, Pins.MARK));
    }
  }

  boolean isPinned(Pins pins) {
    return unpinned(pins).isEmpty();
  }

  private Set<String> unpinned(Pins pins) {
    Set<String> names = new LinkedHashSet<>(maps.keySet());
    names.removeAll(Pins.names(pins.mapsOf(epoch)));
    return names;
  }

  UUID epoch() {
    return epoch;
  }

  Fd map(String name) {
    Fd map = maps.get(name);
    if (map == null) {
      throw new KernelException("the maps of epoch " + epoch + " have no " + name);
    }
    return map;
  }

  MapInfo info(String name) {
    return Bpf.mapInfo(map(name));
  }

  Map<String, MapShape> shapes() {
    return maps.keySet().stream()
        .collect(Collectors.toMap(name -> name, name -> MapShape.of(info(name))));
  }

  /** The types of its own maps, as the kernel keeps them, whatever version made them. */
  Btf types() {
    int id = info(Pins.MARK).btfId();
    try (Fd btf =
        Bpf.btfById(id)
            .orElseThrow(() -> new KernelException("the kernel has lost the BTF of " + epoch))) {
      return Btf.parse(Bpf.btf(btf));
    }
  }

  /** Programs use a generation if they use its control map. */
  int markId() {
    return info(Pins.MARK).id();
  }

  @Override
  public void close() {
    maps.values().forEach(Fd::close);
  }
}
