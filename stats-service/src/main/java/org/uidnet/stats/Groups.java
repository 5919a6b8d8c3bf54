package org.uidnet.stats;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which line of an answer each series belongs to. Rows that are not grouped by UID are of kind
 * {@code UID}, whoever made the traffic.
 */
final class Groups {
  /** Of a series that was not asked for. */
  static final int NONE = -1;

  private static final int NOT_KNOWN_YET = -2;

  private final Set<Dimension> by;
  private final UsageFilter filter;
  private final Books books;
  private final Map<UsageKey, Integer> ids = new HashMap<>();
  private final List<UsageKey> keys = new ArrayList<>();
  private int[] ofSeries = {};

  Groups(Set<Dimension> by, UsageFilter filter, Books books) {
    this.by = by;
    this.filter = filter;
    this.books = books;
  }

  int of(int series) {
    if (series >= ofSeries.length) {
      int old = ofSeries.length;
      ofSeries = Arrays.copyOf(ofSeries, Math.max(series + 1, old * 2));
      Arrays.fill(ofSeries, old, ofSeries.length, NOT_KNOWN_YET);
    }
    if (ofSeries[series] == NOT_KNOWN_YET) {
      Series value = books.series().get(series);
      ofSeries[series] = of(value, books.interfaces().get(value.iface()));
    }
    return ofSeries[series];
  }

  int of(Series series, Interface iface) {
    if (!isWanted(series, iface)) {
      return NONE;
    }
    return ids.computeIfAbsent(key(series, iface), this::add);
  }

  private int add(UsageKey key) {
    keys.add(key);
    return keys.size() - 1;
  }

  int size() {
    return keys.size();
  }

  /** Whether the line is part of the total: tagged traffic is counted in untagged lines already. */
  boolean isInTotal(int group) {
    return filter.tag().isPresent() || keys.get(group).tag().orElse(0L) == 0;
  }

  /** What the line stands for, with the name that the UID had last before the instant. */
  UsageKey key(int group, long namesAt, Optional<LocalDate> day) {
    UsageKey key = keys.get(group);
    return new UsageKey(
        key.kind(),
        key.uid(),
        key.uid().flatMap(uid -> books.names().at(uid, namesAt)),
        key.set(),
        key.tag(),
        key.iface(),
        key.network(),
        key.metered(),
        key.roaming(),
        key.defaultNetwork(),
        key.netns(),
        day);
  }

  /** Ids of all series that were asked for. */
  int[] wantedSeries() {
    List<Series> all = books.series().all();
    int[] wanted = new int[all.size()];
    int count = 0;
    for (int id = 0; id < all.size(); id++) {
      if (of(id) != NONE) {
        wanted[count++] = id;
      }
    }
    return Arrays.copyOf(wanted, count);
  }

  private boolean isWanted(Series series, Interface iface) {
    return isWantedUid(series)
        && isWantedTag(series)
        && filter.set().map(set -> set == series.set()).orElse(true)
        && filter.iface().map(label -> label.equals(iface.label())).orElse(true)
        && filter.metered().map(metered -> metered == iface.metered()).orElse(true);
  }

  private boolean isWantedUid(Series series) {
    if (filter.uids().isEmpty() && !filter.removed()) {
      return true;
    }
    return switch (series.kind()) {
      case UID -> filter.uids().stream().anyMatch(range -> range.contains(series.uid()));
      case REMOVED -> filter.removed();
      default -> false;
    };
  }

  private boolean isWantedTag(Series series) {
    return filter
        .tag()
        .map(tag -> tag == series.tag())
        .orElse(series.tag() == 0 || by.contains(Dimension.TAG));
  }

  private UsageKey key(Series series, Interface iface) {
    boolean uid = by.contains(Dimension.UID);
    return new UsageKey(
        uid ? series.kind() : Kind.UID,
        uid && series.kind() == Kind.UID ? Optional.of(series.uid()) : Optional.empty(),
        Optional.empty(),
        part(Dimension.SET, series.set()),
        part(Dimension.TAG, series.tag()),
        part(Dimension.IFACE, iface.label()),
        by.contains(Dimension.NETWORK) ? iface.network() : Optional.empty(),
        part(Dimension.METERED, iface.metered()),
        part(Dimension.ROAMING, iface.roaming()),
        part(Dimension.DEFAULT, iface.defaultNetwork()),
        part(Dimension.NETNS, iface.netns()),
        Optional.empty());
  }

  private <T> Optional<T> part(Dimension dimension, T value) {
    return by.contains(dimension) ? Optional.of(value) : Optional.empty();
  }
}
