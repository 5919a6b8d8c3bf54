package org.uidnet.netd.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramSpec;

/** The loaded programs on one generation, with the constants they were loaded with. */
final class Programs implements AutoCloseable {
  private static final byte[] FIRST = new byte[Integer.BYTES];

  private final Fd constants;
  private final Map<String, Fd> programs = new LinkedHashMap<>();

  private Programs(Fd constants) {
    this.constants = constants;
  }

  /** Loads all or none. */
  static Programs load(Blueprint blueprint, Generation generation) {
    Programs loaded = new Programs(frozen(blueprint));
    try {
      for (ProgramSpec program : blueprint.object().programs()) {
        loaded.programs.put(program.name(), loaded.load(program, blueprint, generation));
      }
      return loaded;
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private static Fd frozen(Blueprint blueprint) {
    MapSpec spec = blueprint.constants();
    try (Fd btf = Bpf.loadBtf(blueprint.object().btf())) {
      return frozen(Generation.create(spec, btf), blueprint.constantBytes());
    }
  }

  private static Fd frozen(Fd map, byte[] contents) {
    try {
      Bpf.update(map, FIRST, contents, Bpf.ANY);
      Bpf.freeze(map);
      return map;
    } catch (RuntimeException e) {
      map.close();
      throw e;
    }
  }

  private Fd load(ProgramSpec program, Blueprint blueprint, Generation generation) {
    String constantsName = blueprint.constants().name();
    byte[] instructions =
        program.link(map -> (map.equals(constantsName) ? constants : generation.map(map)).number());
    return Bpf.load(
        new Bpf.NewProgram(
            program.name(), program.type(), program.attachType(), blueprint.object().license()),
        instructions);
  }

  Fd get(String program) {
    Fd fd = programs.get(program);
    if (fd == null) {
      throw new KernelException("there is no program " + program);
    }
    return fd;
  }

  /** Says, for the next start, with which constants all links run. */
  void pinConstants(Pins pins, Generation generation) {
    Pins.unpin(pins.constants(generation.epoch()));
    Pins.pin(constants, pins.constants(generation.epoch()));
  }

  /** Whether the generation's programs were loaded with these constants, and all links run them. */
  static boolean haveConstants(Blueprint blueprint, Pins pins, Generation generation) {
    byte[] wanted = blueprint.constantBytes();
    Optional<Fd> pinned = Pins.open(pins.constants(generation.epoch()));
    try {
      return pinned
          .filter(map -> Bpf.mapInfo(map).valueSize() == wanted.length)
          .flatMap(map -> Bpf.lookup(map, FIRST, wanted.length))
          .filter(known -> Arrays.equals(known, wanted))
          .isPresent();
    } finally {
      pinned.ifPresent(Fd::close);
    }
  }

  @Override
  public void close() {
    programs.values().forEach(Fd::close);
    constants.close();
  }
}
