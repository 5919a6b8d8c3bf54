package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.History;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.Summary;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.Usage.Truth;
import org.uidnet.stats.network.NetworkTemplate;

/** One question to the stored history, on one snapshot of it. */
final class Queries {
  private static final long LAST_MILLIS = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

  private static final Comparator<Row> BY_BYTES =
      Comparator.<Row>comparingLong(row -> row.traffic().rxBytes() + row.traffic().txBytes())
          .reversed()
          .thenComparing(row -> row.key().uid().orElse(-1L))
          .thenComparing(row -> row.key().toString());

  private final Connection connection;
  private final State state;
  private final ZoneId zone;

  Queries(Connection connection, State state, ZoneId zone) {
    this.connection = connection;
    this.state = state;
    this.zone = zone;
  }

  Summary summary(SummaryQuery query) throws SQLException {
    long asOf = asOf();
    Groups groups = new Groups(query.by(), query.filter(), state.books());
    long[] cuts = cuts(query.from(), query.to(), isByDay(query));
    Map<LocalDate, Sums> sums = new TreeMap<>();
    addCounted(query, RangePlan.of(state.tiers(), cuts, asOf), groups, sums);
    addImported(query, cuts, groups, sums);
    return summary(query, asOf, groups, sums);
  }

  private static boolean isByDay(SummaryQuery query) {
    return query.by().contains(Dimension.DAY);
  }

  private void addCounted(
      SummaryQuery query, List<Part> parts, Groups groups, Map<LocalDate, Sums> sums)
      throws SQLException {
    Rows rows = rows(Table.USAGE, query.filter(), groups);
    for (Part part : parts) {
      DayOfRow days = new DayOfRow(part, isByDay(query));
      rows.read(
          part,
          (tick, id, values) -> {
            int[] lines = groups.of(id);
            if (lines.length > 0) {
              sums.computeIfAbsent(days.of(tick), key -> new Sums()).add(lines, values);
            }
          });
    }
  }

  private void addImported(
      SummaryQuery query, long[] cuts, Groups groups, Map<LocalDate, Sums> sums)
      throws SQLException {
    boolean byDay = isByDay(query);
    imported(query.by(), query.filter(), groups)
        .read(
            cuts,
            (cut, id, values) ->
                sums.computeIfAbsent(dayOf(cut, byDay), key -> new Sums())
                    .add(groups.of(id), values));
  }

  private LocalDate dayOf(long time, boolean byDay) {
    return byDay ? Instant.ofEpochMilli(time).atZone(zone).toLocalDate() : LocalDate.EPOCH;
  }

  private Summary summary(SummaryQuery query, long asOf, Groups groups, Map<LocalDate, Sums> sums) {
    boolean byDay = isByDay(query);
    List<Row> rows = new ArrayList<>();
    Traffic total = Traffic.NONE;
    for (Map.Entry<LocalDate, Sums> day : sums.entrySet()) {
      Optional<LocalDate> date = byDay ? Optional.of(day.getKey()) : Optional.empty();
      addRows(rows, groups, day.getValue(), millis(query.to()), date);
      total = total.plus(groups.total(day.getValue()));
    }
    rows.sort(BY_BYTES);
    return new Summary(query.from(), query.to(), Instant.ofEpochMilli(asOf), rows, total);
  }

  /** Adds a line for each group that has anything. */
  static void addRows(
      List<Row> rows, Groups groups, Sums sums, long namesAt, Optional<LocalDate> day) {
    for (int group = 0; group < Math.min(groups.size(), sums.groups()); group++) {
      Traffic traffic = sums.traffic(group);
      long operations = sums.operations(group);
      if (!traffic.isZero() || operations != 0) {
        rows.add(new Row(groups.key(group, namesAt, day), traffic, operations));
      }
    }
  }

  static List<Row> sorted(List<Row> rows) {
    rows.sort(BY_BYTES);
    return rows;
  }

  /** The day that a row of a part belongs to; parts are cut where days begin. */
  private final class DayOfRow {
    private final Part part;
    private final boolean byDay;
    private int lastTick = Integer.MIN_VALUE;
    private LocalDate last = LocalDate.EPOCH;

    DayOfRow(Part part, boolean byDay) {
      this.part = part;
      this.byDay = byDay;
    }

    LocalDate of(int tick) {
      if (byDay && tick != lastTick) {
        lastTick = tick;
        long offset = part.isWhole() ? 0 : part.share().from();
        last = Instant.ofEpochMilli(Tick.millis(tick) + offset).atZone(zone).toLocalDate();
      }
      return last;
    }
  }

  /** Where a range begins and ends, and if need be the days in it. */
  private long[] cuts(Instant from, Instant to, boolean byDay) throws SQLException {
    long start = millis(from);
    long end = millis(to);
    return byDay ? cutByDay(start, end) : new long[] {start, end};
  }

  /** Where days begin between the two, as far as there is history at all. */
  private long[] cutByDay(long from, long to) throws SQLException {
    long start = Math.max(from, Math.min(Tick.millis(extent("MIN")), state.imports().first()));
    long end = Math.min(to, Math.max(Tick.millis(extent("MAX") + 1), state.imports().end()));
    if (start >= end) {
      return new long[0];
    }
    LongStream.Builder cuts = LongStream.builder().add(start);
    LocalDate day = Instant.ofEpochMilli(start).atZone(zone).toLocalDate().plusDays(1);
    for (long cut = beginOf(day); cut < end; cut = beginOf(day)) {
      cuts.add(cut);
      day = day.plusDays(1);
    }
    return cuts.add(end).build().toArray();
  }

  /**
   * The same question without the time before the first and after the last bucket of any length.
   */
  HistoryQuery withinHistory(HistoryQuery query) throws SQLException {
    long first = Math.min(Tick.millis(extent("MIN")), state.imports().first());
    long start = Math.max(millis(query.from()), beginOfMonth(first));
    long after = Math.max(Tick.millis(extent("MAX") + 1), state.imports().end());
    long end = Math.max(start, Math.min(millis(query.to()), after));
    return query.between(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
  }

  private long beginOfMonth(long time) {
    return beginOf(Instant.ofEpochMilli(time).atZone(zone).toLocalDate().withDayOfMonth(1));
  }

  private long beginOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** The first or last tick with rows. A tier's last bucket may end after the last finest row. */
  private int extent(String which) throws SQLException {
    boolean first = which.equals("MIN");
    int extent = first ? Integer.MAX_VALUE : 0;
    for (Resolution tier : Resolution.values()) {
      Spans spans = state.tiers().spans(tier);
      if (!spans.isEmpty()) {
        int edge = first ? spans.first().start() : spans.last().end();
        extent = first ? Math.min(extent, edge) : Math.max(extent, edge);
      }
    }
    try (PreparedStatement query =
            connection.prepareStatement(Sql.edge(which, Table.USAGE, Resolution.FIVE_MINUTES));
        ResultSet row = query.executeQuery()) {
      row.next();
      int tick = Tick.tickOf(row.getLong(1));
      return row.wasNull() ? extent : first ? Math.min(extent, tick) : Math.max(extent, tick);
    }
  }

  History history(HistoryQuery query) throws SQLException {
    long asOf = asOf();
    BucketCalendar calendar = new BucketCalendar(zone);
    HistoryPlan plan =
        new HistoryPlan(
            state.tiers(), calendar, query.resolution(), millis(query.from()), millis(query.to()));
    Groups groups = new Groups(query.by(), query.filter(), state.books());
    HistoryBuckets buckets = new HistoryBuckets(plan, groups);
    Rows rows = rows(Table.USAGE, query.filter(), groups);
    for (Part part : plan.parts()) {
      rows.read(part, (tick, id, values) -> buckets.add(part.tier(), tick, id, values));
    }
    imported(query.by(), query.filter(), groups)
        .readWhole(millis(query.from()), plan.end(), buckets::addImported);
    return new History(
        query.resolution(),
        Instant.ofEpochMilli(asOf),
        buckets.list(millis(query.to()), query.by().contains(Dimension.DAY)),
        buckets.isMixed());
  }

  List<Truth> truth(Instant from, Instant to, NetworkTemplate networks) throws SQLException {
    Map<Integer, long[]> sums = new TreeMap<>();
    Rows rows = new Rows(connection, Table.TRUTH, Optional.empty(), 0);
    long[] cuts = cuts(from, to, false);
    for (Part part : RangePlan.of(state.tiers(), cuts, asOf())) {
      rows.read(
          part,
          (tick, id, values) ->
              Values.add(sums.computeIfAbsent(id, key -> new long[Table.TRUTH.width()]), values));
    }
    new ImportedRows(connection, state.imports(), Table.TRUTH, id -> true, Optional.empty())
        .read(
            cuts,
            (at, id, values) ->
                Values.add(sums.computeIfAbsent(id, key -> new long[values.length]), values));
    TruthTable table = new TruthTable();
    sums.forEach((id, values) -> addTruth(table, id, values, networks));
    return table.list();
  }

  private void addTruth(TruthTable table, int id, long[] values, NetworkTemplate networks) {
    Interface iface = state.books().interfaces().get(id);
    if (networks.matches(iface.networks())) {
      table.add(iface, Values.traffic(values, 0), Values.traffic(values, Values.TRAFFIC));
    }
  }

  /** When the last snapshot was taken, in the state of the store that this question sees. */
  private long asOf() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Sql.LAST_STORED);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private Rows rows(Table table, UsageFilter filter, Groups groups) {
    return new Rows(connection, table, only(filter, groups), state.books().series().size());
  }

  private static Optional<int[]> only(UsageFilter filter, Groups groups) {
    return filter.uids().isEmpty() ? Optional.empty() : Optional.of(groups.wantedSeries());
  }

  private ImportedRows imported(Set<Dimension> by, UsageFilter filter, Groups groups) {
    boolean tags = by.contains(Dimension.TAG) || filter.tag().isPresent();
    return new ImportedRows(
        connection,
        tags ? state.imports() : state.imports().withoutTags(),
        Table.USAGE,
        id -> groups.of(id).length > 0,
        only(filter, groups));
  }

  private static long millis(Instant time) {
    if (time.getEpochSecond() < 0) {
      return 0;
    }
    return time.getEpochSecond() > LAST_MILLIS / 1000 ? LAST_MILLIS : time.toEpochMilli();
  }
}
