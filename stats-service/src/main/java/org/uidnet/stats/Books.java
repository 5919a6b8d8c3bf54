package org.uidnet.stats;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uidnet.programs.Networks;
import org.uidnet.stats.Interface.Place;

/**
 * Everything that rows name by number, and which interface is where now. Thread-safe: the writer
 * adds, queries look up.
 *
 * @param host cookie of the host's network namespace
 */
record Books(
    long host,
    Dictionary<Series> series,
    Dictionary<Interface> interfaces,
    NameBook names,
    Current current) {

  static Books empty(long host) {
    return new Books(host, new Dictionary<>(), new Dictionary<>(), new NameBook(), new Current());
  }

  /** Which interface a place holds, as was last known in this boot. */
  static final class Current {
    private final Map<Place, Integer> ids = new HashMap<>();
    private final Set<Integer> changed = new HashSet<>();

    synchronized Optional<Integer> at(Place place) {
      return Optional.ofNullable(ids.get(place));
    }

    synchronized void put(Place place, int id) {
      Integer before = ids.put(place, id);
      if (before == null || before != id) {
        changed.add(id);
      }
    }

    synchronized void load(Place place, int id) {
      ids.put(place, id);
    }

    synchronized Set<Integer> all() {
      return Set.copyOf(ids.values());
    }

    synchronized Set<Integer> changed() {
      return Set.copyOf(changed);
    }

    synchronized void markStored() {
      changed.clear();
    }
  }

  void markStored() {
    series.markStored();
    interfaces.markStored();
    names.markStored();
    current.markStored();
  }

  /** Notes what a place holds now. */
  int meet(Networks.Interface found, NetworkIdentities.Identity identity, boolean inner) {
    Place place = new Place(found.netns(), found.ifindex());
    Interface now = Interface.of(place, found.host(), found.name(), found.view(), identity);
    int id = interfaces.idOf(inner ? now.asInner() : now);
    current.put(place, id);
    return id;
  }

  /** The id of what the place holds or held last. */
  int idAt(Place place) {
    return current.at(place).orElseGet(() -> addUnknown(place));
  }

  /** The same without making a new one. */
  Interface peek(Place place) {
    return current.at(place).map(interfaces::get).orElseGet(() -> unknown(place));
  }

  /** The id of the host's interface that has or last had the name. */
  Optional<Integer> ofHost(String name) {
    return current.all().stream()
        .filter(id -> interfaces.get(id).netns() == host && interfaces.get(id).name().equals(name))
        .max(Comparator.naturalOrder());
  }

  /** Under which tags a UID ever counted anything here; without 0. */
  Set<Long> tagsOf(long uid) {
    return series.all().stream()
        .filter(each -> each.kind() == Kind.UID && each.uid() == uid && each.tag() != 0)
        .filter(each -> !interfaces.get(each.iface()).isRecorded())
        .map(Series::tag)
        .collect(Collectors.toSet());
  }

  private int addUnknown(Place place) {
    int id = interfaces.idOf(unknown(place));
    current.put(place, id);
    return id;
  }

  private Interface unknown(Place place) {
    return place.ifindex() == 0
        ? Interface.UNKNOWN
        : Interface.of(
            place,
            place.netns() == host,
            "if" + place.ifindex(),
            Networks.View.WIRE,
            NetworkIdentities.Identity.PLAIN);
  }
}
