package org.uidnet.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Interface.Place;

/** The interfaces' counters beside the hooks', since counting began and up to now. Pure. */
final class LiveTruth {
  private final State state;
  private final Map<Place, Counters> beyond = new HashMap<>();
  private final TruthTable table = new TruthTable();

  LiveTruth(Live.Beyond live) {
    state = live.state();
    live.counters()
        .forEach(
            (id, counters) ->
                beyond.merge(new Place(id.netns(), id.ifindex()), counters, Counters::plus));
  }

  List<Usage.Truth> answer(List<Networks.Interface> interfaces) {
    interfaces.forEach(this::add);
    return table.list();
  }

  private void add(Networks.Interface found) {
    Place place = new Place(found.netns(), found.ifindex());
    Interface shown =
        Interface.of(
            place, found.host(), found.name(), found.view(), NetworkIdentities.Identity.PLAIN);
    Device device = state.devices().get(place);
    Device known = device == null ? firstSight(found) : device;
    Traffic uids = found.view().of(beyond.getOrDefault(place, Counters.NONE));
    table.add(
        shown, known.device().plus(known.since(found.networkBytes())), known.uids().plus(uids));
  }

  private Device firstSight(Networks.Interface found) {
    return state.devices().isEmpty()
        ? Device.foundAtStart(0, found.networkBytes())
        : Device.created(0);
  }
}
