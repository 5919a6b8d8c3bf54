package org.uidnet.stats;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkType;

/**
 * Which lines of an answer each series belongs to. Rows that are not grouped by UID are of kind
 * {@code UID}, whoever made the traffic.
 *
 * <p>What tunnels carry is told of the interfaces below them, too: each byte is in sums once, under
 * those. Tunnels have lines of their own where interfaces or types are told apart, and are summed
 * up where they alone are asked for.
 *
 * <p>Tagged traffic is stored once, under its tag, and is part of the untagged line too, as on
 * Android: lines without a tag are totals. Recordings have both kinds of rows as they are.
 */
final class Groups {
  /** Of a series that was not asked for. */
  private static final int[] NONE = {};

  private final Set<Dimension> by;
  private final UsageFilter filter;
  private final Books books;
  private final Map<UsageKey, Integer> ids = new HashMap<>();
  private final List<UsageKey> keys = new ArrayList<>();
  private int[][] ofSeries = {};

  Groups(Set<Dimension> by, UsageFilter filter, Books books) {
    this.by = by;
    this.filter = filter;
    this.books = books;
  }

  /** The lines that the series is added to: none, one, or its tag's and the total. */
  int[] of(int series) {
    if (series >= ofSeries.length) {
      ofSeries = Arrays.copyOf(ofSeries, Math.max(series + 1, ofSeries.length * 2));
    }
    int[] known = ofSeries[series];
    if (known == null) {
      Series value = books.series().get(series);
      known = of(value, books.interfaces().get(value.iface()));
      ofSeries[series] = known;
    }
    return known;
  }

  int[] of(Series series, Interface iface) {
    return isWanted(series, iface)
        ? LongStream.of(tags(series, iface))
            .mapToInt(tag -> line(key(series, tag, iface)))
            .toArray()
        : NONE;
  }

  private long[] tags(Series series, Interface iface) {
    if (iface.isRecorded()) {
      return new long[] {series.tag()};
    }
    boolean apart = by.contains(Dimension.TAG) && series.tag() != 0;
    long[] all = apart ? new long[] {series.tag(), 0} : new long[] {0};
    return filter.tag().map(tag -> new long[] {tag}).orElse(all);
  }

  private int line(UsageKey key) {
    return ids.computeIfAbsent(key, this::add);
  }

  private int add(UsageKey key) {
    keys.add(key);
    return keys.size() - 1;
  }

  int size() {
    return keys.size();
  }

  /** What all lines come to together. */
  Traffic total(Sums sums) {
    return IntStream.range(0, Math.min(size(), sums.groups()))
        .filter(this::isInTotal)
        .mapToObj(sums::traffic)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  /** Whether the line is part of the total: the untagged lines hold the tagged ones already. */
  private boolean isInTotal(int group) {
    UsageKey key = keys.get(group);
    return (filter.tag().isPresent() || key.tag().orElse(0L) == 0)
        && (!key.inner() || asksForTunnels());
  }

  /** What the line stands for, with the name that the UID had last before the instant. */
  UsageKey key(int group, long namesAt, Optional<LocalDate> day) {
    UsageKey key = keys.get(group);
    if (key.uid().isEmpty() && day.isEmpty()) {
      return key;
    }
    return new UsageKey(
        key.kind(),
        key.uid(),
        key.uid().flatMap(uid -> books.names().at(uid, namesAt)),
        key.set(),
        key.tag(),
        key.iface(),
        key.network(),
        key.type(),
        key.metered(),
        key.roaming(),
        key.defaultNetwork(),
        key.netns(),
        day,
        key.inner());
  }

  /** Ids of all series that were asked for. */
  int[] wantedSeries() {
    List<Series> all = books.series().all();
    int[] wanted = new int[all.size()];
    int count = 0;
    for (int id = 0; id < all.size(); id++) {
      if (of(id).length > 0) {
        wanted[count++] = id;
      }
    }
    return Arrays.copyOf(wanted, count);
  }

  private boolean isWanted(Series series, Interface iface) {
    return isWantedUid(series)
        && isWantedTag(series, iface)
        && filter.set().map(set -> set == series.set()).orElse(true)
        && filter.iface().map(label -> label.equals(iface.label())).orElse(true)
        && filter.networks().matches(iface.networks())
        && (!iface.inner() || tellsTunnelsApart() || asksForTunnels());
  }

  private boolean tellsTunnelsApart() {
    return by.contains(Dimension.IFACE) || by.contains(Dimension.TYPE);
  }

  /** By name, or by a type that only they have. */
  private boolean asksForTunnels() {
    return filter.iface().isPresent() || filter.networks().types().equals(Set.of(NetworkType.VPN));
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

  private boolean isWantedTag(Series series, Interface iface) {
    boolean total = series.tag() == 0;
    return iface.isRecorded()
        ? filter.tag().map(tag -> tag == series.tag()).orElse(total || by.contains(Dimension.TAG))
        : filter.tag().map(tag -> tag == 0 || tag == series.tag()).orElse(true);
  }

  private UsageKey key(Series series, long tag, Interface iface) {
    boolean uid = by.contains(Dimension.UID);
    return new UsageKey(
        uid ? series.kind() : Kind.UID,
        uid && series.kind() == Kind.UID ? Optional.of(series.uid()) : Optional.empty(),
        Optional.empty(),
        part(Dimension.SET, series.set()),
        part(Dimension.TAG, tag),
        part(Dimension.IFACE, iface.label()),
        by.contains(Dimension.NETWORK) ? iface.network() : Optional.empty(),
        part(Dimension.TYPE, iface.networks().label()),
        part(Dimension.METERED, iface.metered()),
        part(Dimension.ROAMING, iface.roaming()),
        part(Dimension.DEFAULT, iface.defaultNetwork()),
        part(Dimension.NETNS, iface.netns()),
        Optional.empty(),
        iface.inner() && tellsTunnelsApart());
  }

  private <T> Optional<T> part(Dimension dimension, T value) {
    return by.contains(dimension) ? Optional.of(value) : Optional.empty();
  }
}
