package org.uidnet.netd.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.layout.Layouts;

/** The generations that earlier starts have pinned. Owns them until one is taken. */
final class Generations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Generations.class);

  private final Pins pins;
  private final Links links;
  private final List<Generation> pinned = new ArrayList<>();

  private Generations(Pins pins, Links links) {
    this.pins = pins;
    this.links = links;
  }

  /** Opens all that have counted; sweeps the others, which an interrupted start left. */
  static Generations open(Pins pins, Links links) {
    Generations opened = new Generations(pins, links);
    try {
      pins.generations().forEach(opened::openOrSweep);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void openOrSweep(UUID epoch) {
    if (!pins.isComplete(epoch)) {
      pins.discard(epoch);
      return;
    }
    Generation generation = Generation.open(epoch, pins);
    pinned.add(generation);
    if (links.using(generation) == 0 && attachedAt(generation) == 0) {
      discard(generation);
    }
  }

  /** The one that programs of this blueprint can use; the most used, then the newest of several. */
  Optional<Generation> fitting(Blueprint blueprint) {
    return pinned.stream()
        .filter(generation -> fits(generation, blueprint))
        .max(Comparator.comparing(links::using).thenComparing(Generations::attachedAt));
  }

  private static boolean fits(Generation generation, Blueprint blueprint) {
    return generation.shapes().equals(blueprint.shapes())
        && version(generation) == Layouts.LAYOUT_VERSION;
  }

  Optional<Generation> newest() {
    return pinned.stream().max(Comparator.comparing(Generations::attachedAt));
  }

  /** Hands the generation over to its new owner. */
  Generation take(Generation generation) {
    pinned.remove(generation);
    return generation;
  }

  /** Epochs that still wait for their counters to be stored. */
  List<UUID> epochs() {
    return pinned.stream().map(Generation::epoch).toList();
  }

  /** Hands the counters of all over and unpins them. What cannot be stored now stays. */
  void retire(Handover handover) {
    List.copyOf(pinned).forEach(generation -> retire(generation, handover));
  }

  private void retire(Generation generation, Handover handover) {
    try (KernelMaps maps = KernelMaps.retired(generation)) {
      handover.retire(datapath(generation, maps));
    } catch (RuntimeException e) {
      log.warn(
          "the counters of epoch {} cannot be stored now and stay pinned: {}",
          generation.epoch(),
          e.toString());
      return;
    }
    discard(generation);
  }

  private void discard(Generation generation) {
    take(generation).close();
    pins.discard(generation.epoch());
  }

  /** Seen through the layout that they were made with; no program runs that could be waited for. */
  static Datapath datapath(Generation generation, KernelMaps maps) {
    return new MapsDatapath(Datapath.Backend.KERNEL, maps, generation.types(), () -> {});
  }

  private static int version(Generation generation) {
    try (KernelMaps maps = KernelMaps.retired(generation)) {
      return maps.control(generation.types()).layoutVersion();
    }
  }

  private static long attachedAt(Generation generation) {
    try (KernelMaps maps = KernelMaps.retired(generation)) {
      return maps.control(generation.types()).attachedAt();
    }
  }

  @Override
  public void close() {
    pinned.forEach(Generation::close);
    pinned.clear();
  }
}
