package org.uidnet.netd.kernel;

import java.util.Optional;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.object.Btf;
import org.uidnet.programs.object.Limits;

/** The generation that our programs use, or are about to use. Owns it and its views. */
final class Live implements AutoCloseable {
  private final Generation generation;
  private final KernelMaps maps;
  private final MapsDatapath datapath;
  private final Namespaces namespaces;
  private boolean pinned;

  private Live(KernelMaps maps, Btf types, Generation generation, ProgramBarrier barrier) {
    this.generation = generation;
    this.maps = maps;
    Runnable await = () -> KernelMaps.run(barrier::await);
    datapath = new MapsDatapath(Datapath.Backend.KERNEL, maps, types, await);
    namespaces = new Namespaces(generation.map("namespaces"), datapath.control());
  }

  static Live adopt(Blueprint blueprint, Generation generation, ProgramBarrier barrier) {
    Live adopted = of(blueprint, generation, barrier);
    adopted.pinned = true;
    return adopted;
  }

  /** New maps, described but not pinned yet. */
  static Live make(Blueprint blueprint, Optional<Generation> previous, ProgramBarrier barrier) {
    Generation made = Generation.create(blueprint, previous);
    try {
      describe(made, blueprint, NetworkNamespace.cookie());
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
    Live live = of(blueprint, made, barrier);
    previous.ifPresent(old -> RowFacts.copy(old, live.datapath));
    return live;
  }

  /** Fills in the control of maps that have just been made. */
  static void describe(Generation made, Blueprint blueprint, long hostNamespace) {
    Limits limits = blueprint.limits();
    try (KernelMaps maps = KernelMaps.of(made)) {
      maps.control(blueprint.object().types())
          .describe(limits.slots(), limits.cpus(), limits.uidRows(), made.epoch(), hostNamespace);
    }
  }

  private static Live of(Blueprint blueprint, Generation generation, ProgramBarrier barrier) {
    KernelMaps maps = KernelMaps.of(generation);
    try {
      return new Live(maps, blueprint.object().types(), generation, barrier);
    } catch (RuntimeException e) {
      maps.close();
      generation.close();
      throw e;
    }
  }

  void pin(Pins pins) {
    if (!pinned) {
      pinned = true;
      generation.pin(pins);
    }
  }

  boolean isPinned() {
    return pinned;
  }

  Generation generation() {
    return generation;
  }

  MapsDatapath datapath() {
    return datapath;
  }

  Namespaces namespaces() {
    return namespaces;
  }

  @Override
  public void close() {
    maps.close();
    generation.close();
  }
}
