package org.uidnet.firewall;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.RuleMaps;

/**
 * Turns counters of refusals into rows by hour. Counters are cumulative, and how far they are
 * stored is stored with them, so that nothing is lost or counted twice. For one thread.
 */
final class DropSampler {
  private final RuleMaps maps;
  private final PolicyStore store;
  private final String epoch;
  private Map<DropId, Drop> baseline;

  DropSampler(RuleMaps maps, PolicyStore store) {
    this.maps = maps;
    this.store = store;
    epoch = maps.control().epoch().toString();
    baseline = store.dropBaseline(epoch);
  }

  /** Adds what was refused since the last time to the hour of now. */
  void sample(Policy policy, Instant now) {
    Map<DropId, Drop> present = maps.drops().entries();
    Map<DropId, Drop> changed = new HashMap<>();
    List<DropRow> more = new ArrayList<>();
    present.forEach(
        (id, drop) -> {
          Drop since = drop.minus(baseline.getOrDefault(id, Drop.NONE));
          if (!since.equals(Drop.NONE)) {
            changed.put(id, drop);
            String reason = Reason.name(id.reason(), policy);
            more.add(new DropRow(hour(now), id.uid(), reason, id.call(), since));
          }
        });
    if (!changed.isEmpty()) {
      store.addDrops(epoch, more, changed, now);
      baseline = new HashMap<>(baseline);
      baseline.putAll(changed);
    }
  }

  static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }
}
