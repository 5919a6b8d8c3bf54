package org.uidnet.stats;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Networks;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Interface.Place;
import org.uidnet.stats.attribution.Attribution;

/**
 * One snapshot: what changed since the state that was stored last, and the state that follows. No
 * clock, no lock, no store; only the books are shared, and they wait for the commit themselves.
 */
final class Round {
  private final State before;
  private final long now;
  private final long elapsed;
  private final Baseline.Editor baseline;
  private final Chunks.Editor totals;
  private final Map<Place, Device> devices;
  private final Set<Place> changedDevices = new HashSet<>();
  private final Map<Place, Found> found = new HashMap<>();
  private final Map<Place, Counters> hooks = new HashMap<>();
  private final Map<Integer, long[]> usage = new HashMap<>();
  private final Map<Integer, long[]> truth = new HashMap<>();
  private final BitSet changedSlots = new BitSet();
  private Alerts.Counted alerts;
  private boolean fellBack;

  private record Found(int iface, Networks.View view, Traffic counters) {}

  Round(State before, long now, long elapsed) {
    this.before = before;
    this.now = now;
    this.elapsed = elapsed;
    baseline = before.baseline().edit();
    totals = before.totals().edit();
    devices = new HashMap<>(before.devices());
    alerts = before.alerts().count(usage, before.books());
  }

  /** The interfaces as they are now; before any slot, so that slots find their names. */
  void meet(
      List<Networks.Interface> interfaces, NetworkIdentities identities, Attribution attribution) {
    for (Networks.Interface each : interfaces) {
      Place place = new Place(each.netns(), each.ifindex());
      boolean inner = attribution.isTunnel(each.label());
      int iface = before.books().meet(each, identities.of(each), inner);
      found.put(place, new Found(iface, each.view(), each.networkBytes()));
    }
  }

  /**
   * A slot's counters.
   *
   * @param last whether no program can add to it any more
   */
  void count(int slot, SlotId id, Counters counters, boolean last) {
    Counters delta = delta(slot, counters);
    if (last) {
      baseline.retire(slot, counters);
    } else if (!delta.isZero()) {
      baseline.set(slot, counters);
    }
    if (!delta.isZero()) {
      changedSlots.set(slot);
      charge(slot, id, delta);
    }
  }

  /** Counters never fall, but a history restored from elsewhere must not make them negative. */
  private Counters delta(int slot, Counters counters) {
    Counters delta = counters.minus(before.baseline().get(slot));
    if (!Values.anyNegative(delta)) {
      return delta;
    }
    fellBack = true;
    return counters;
  }

  private void charge(int slot, SlotId id, Counters delta) {
    int series = before.books().series().idOf(seriesOf(slot, id));
    long[] wire = Values.usage(delta.wire());
    Values.add(usage.computeIfAbsent(series, key -> new long[Values.USAGE]), wire);
    if (slot != 0) {
      Place place = new Place(id.netns(), id.ifindex());
      hooks.merge(place, delta, Counters::plus);
    }
  }

  private Series seriesOf(int slot, SlotId id) {
    if (slot == 0) {
      return Series.GLOBAL_OVERFLOW;
    }
    Books books = before.books();
    return Series.of(id, books.idAt(new Place(id.netns(), id.ifindex())));
  }

  /**
   * After all slots: says whose traffic it was. What the devices counted is compared with what was
   * counted, not with this.
   */
  void attribute(Attribution attribution) {
    new SeriesAttribution(attribution, before.books()).apply(usage);
    usage.forEach(totals::add);
    alerts = before.alerts().count(usage, before.books());
  }

  /** After {@link #attribute}. */
  Alerts.Counted alerts() {
    return alerts;
  }

  /** After all slots: sets what the devices counted beside what the hooks did. */
  void compareDevices() {
    found.forEach(this::compare);
    hooks.forEach(this::chargeVanished);
  }

  private void compare(Place place, Found device) {
    Device known = devices.get(place);
    Device old = known == null ? firstSight(device) : known;
    Traffic uids = device.view().of(hooks.getOrDefault(place, Counters.NONE));
    addTruth(device.iface(), old.since(device.counters()), uids);
    put(place, old.plus(device.iface(), device.counters(), uids));
  }

  private Device firstSight(Found device) {
    return before.devices().isEmpty()
        ? Device.foundAtStart(device.iface(), device.counters())
        : Device.created(device.iface());
  }

  /** An interface that is gone (or out of reach) may still have counted through the hooks. */
  private void chargeVanished(Place place, Counters delta) {
    Device known = devices.get(place);
    if (known != null && !found.containsKey(place)) {
      Traffic uids = before.books().interfaces().get(known.iface()).view().of(delta);
      addTruth(known.iface(), Traffic.NONE, uids);
      put(place, known.plusUids(uids));
    }
  }

  private void addTruth(int iface, Traffic device, Traffic uids) {
    if (!device.isZero() || !uids.isZero()) {
      Values.add(
          truth.computeIfAbsent(iface, key -> new long[2 * Values.TRAFFIC]),
          Values.join(device, uids));
    }
  }

  private void put(Place place, Device device) {
    if (!device.equals(devices.put(place, device))) {
      changedDevices.add(place);
    }
  }

  /** Notes what the UIDs that used the network are called now. */
  void name(UidNames names) {
    Set<Long> seen = new HashSet<>();
    for (Integer id : usage.keySet()) {
      Series series = before.books().series().get(id);
      if (series.kind() == Kind.UID && seen.add(series.uid())) {
        names
            .name(series.uid())
            .ifPresent(name -> before.books().names().note(series.uid(), now, name));
      }
    }
  }

  State after() {
    return new State(
        before.epoch().at(now, elapsed),
        before.books(),
        before.tiers(),
        baseline.done(),
        totals.done(),
        Map.copyOf(devices),
        before.imports(),
        alerts.after());
  }

  /** How the traffic of this round falls into buckets. */
  Spread spread(BucketCalendar calendar, Resolution finest, int maxRows) {
    long from = before.epoch().from(now, elapsed);
    return Spread.over(
        Math.min(from, now), now, calendar, finest, Math.max(1, usage.size()), maxRows);
  }

  long now() {
    return now;
  }

  Map<Integer, long[]> usage() {
    return usage;
  }

  Map<Integer, long[]> truth() {
    return truth;
  }

  BitSet changedSlots() {
    return changedSlots;
  }

  BitSet changedBaselines() {
    return baseline.changedChunks();
  }

  BitSet changedTotals() {
    return totals.changed();
  }

  Set<Place> changedDevices() {
    return changedDevices;
  }

  boolean fellBack() {
    return fellBack;
  }

  Traffic stored() {
    long[] sum = new long[Values.USAGE];
    usage.values().forEach(values -> Values.add(sum, values));
    return Values.traffic(sum, 0);
  }
}
