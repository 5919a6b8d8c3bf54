package org.uidnet.simulator.world;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;

/** What the programs of a world's present boot have counted. */
final class Readings {
  private static final Comparator<SlotId> ORDER =
      Comparator.comparingLong(SlotId::uid)
          .thenComparingLong(SlotId::netns)
          .thenComparingInt(SlotId::ifindex)
          .thenComparingInt(SlotId::set);

  /** Where slot 0 is shown: nobody's. */
  private static final SlotId SHARED = new SlotId(SlotId.UID_FOREIGN, 0, 0, 0, 0);

  private Readings() {}

  static Map<SlotId, Counters> of(World world) {
    Datapath datapath = world.boot().kernel().datapath();
    Map<SlotId, Counters> counted = new TreeMap<>(ORDER);
    for (int slot = 0; slot <= datapath.control().slotsEverUsed(); slot++) {
      SlotId id = slot == 0 ? SHARED : datapath.slotKeys().id(slot);
      counted.merge(id, datapath.slots().read(slot), Counters::plus);
    }
    counted.values().removeIf(Counters::isZero);
    return counted;
  }

  static Counters sum(World world, Predicate<SlotId> which) {
    return of(world).entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Counters.NONE, Counters::plus);
  }

  static Traffic uid(World world, long uid) {
    return sum(world, id -> id.uid() == uid).wire();
  }

  static Traffic device(World world, String name) {
    return world.networks().interfaces().stream()
        .filter(link -> link.name().equals(name) && link.host())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no interface " + name))
        .networkBytes();
  }
}
