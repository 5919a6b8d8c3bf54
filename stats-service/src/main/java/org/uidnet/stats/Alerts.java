package org.uidnet.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** All alerts, by id. Immutable. */
record Alerts(List<Alert> all) {
  static final Alerts NONE = new Alerts(List.of());

  Alerts {
    all = List.copyOf(all);
  }

  long of(OptionalLong owner) {
    return all.stream().filter(alert -> alert.owner().equals(owner)).count();
  }

  Optional<Alert> find(long id) {
    return all.stream().filter(alert -> alert.id() == id).findFirst();
  }

  Alerts with(Alert other) {
    List<Alert> more = new ArrayList<>(all);
    more.add(other);
    return new Alerts(more);
  }

  Alerts without(long id) {
    return new Alerts(all.stream().filter(alert -> alert.id() != id).toList());
  }

  /**
   * Alerts after an interval.
   *
   * @param changed those whose use is another one now
   * @param reached those that are to be told, with what was used until then
   */
  record Counted(Alerts after, List<Alert> changed, List<Alert> reached) {}

  /** Adds what was used in an interval, by number of the series. What is told begins anew. */
  Counted count(Map<Integer, long[]> usage, Books books) {
    List<Alert> after = new ArrayList<>();
    List<Alert> changed = new ArrayList<>();
    List<Alert> reached = new ArrayList<>();
    for (Alert alert : all) {
      Alert used = alert.using(alert.usedBytes() + bytes(alert.template(), usage, books));
      if (used.isReached()) {
        reached.add(used);
      }
      Alert now = used.isReached() ? used.using(0) : used;
      if (!now.equals(alert)) {
        changed.add(now);
      }
      after.add(now);
    }
    return new Counted(new Alerts(after), changed, reached);
  }

  private static long bytes(Alert.Template template, Map<Integer, long[]> usage, Books books) {
    Map<Integer, Boolean> ifaces = new HashMap<>();
    long bytes = 0;
    for (Map.Entry<Integer, long[]> entry : usage.entrySet()) {
      Series series = books.series().get(entry.getKey());
      if (template.concerns(series)
          && ifaces.computeIfAbsent(
              series.iface(), id -> template.concerns(books.interfaces().get(id)))) {
        bytes += Values.bytes(entry.getValue());
      }
    }
    return bytes;
  }
}
