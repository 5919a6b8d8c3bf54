package org.uidnet.netd.kernel;

import java.util.Optional;
import org.uidnet.netd.sys.NetworkNamespace;

/** The generation that our programs use, or are about to use. Owns it. */
final class Live implements AutoCloseable {
  private final Generation generation;
  private final KernelDatapath datapath;
  private final Namespaces namespaces;
  private boolean pinned;

  private Live(Blueprint blueprint, Generation generation, ProgramBarrier barrier, boolean pinned) {
    this.generation = generation;
    this.pinned = pinned;
    datapath = new KernelDatapath(generation, blueprint.object().types(), barrier);
    namespaces = new Namespaces(generation.map("namespaces"), datapath.control());
  }

  static Live adopt(Blueprint blueprint, Generation generation, ProgramBarrier barrier) {
    return of(blueprint, generation, barrier, true);
  }

  /** New maps, described but not pinned yet. */
  static Live make(Blueprint blueprint, Optional<Generation> previous, ProgramBarrier barrier) {
    Generation made = Generation.create(blueprint, previous);
    try {
      Views.describe(made, blueprint, NetworkNamespace.cookie());
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
    return of(blueprint, made, barrier, false);
  }

  private static Live of(
      Blueprint blueprint, Generation generation, ProgramBarrier barrier, boolean pinned) {
    try {
      return new Live(blueprint, generation, barrier, pinned);
    } catch (RuntimeException e) {
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

  KernelDatapath datapath() {
    return datapath;
  }

  Namespaces namespaces() {
    return namespaces;
  }

  @Override
  public void close() {
    datapath.close();
    generation.close();
  }
}
