package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.uidnet.programs.Counters;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Gap;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SinceBoot;

/** What this boot counted: what is stored of it, and what the kernel counted beyond. Pure. */
final class SinceBootQuery {
  private final Live.Beyond live;
  private final Groups groups;
  private final Sums sums = new Sums();

  SinceBootQuery(Live.Beyond live, Set<Dimension> by, UsageFilter filter) {
    this.live = live;
    groups = new Groups(by, filter, live.state().books());
  }

  /** An epoch of this boot: when counting began, and when it was stored last; milliseconds. */
  record Period(long attached, long asOf) {}

  static List<Period> periods(Connection connection, int boot) throws SQLException {
    List<Period> periods = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(Sql.EPOCHS_OF_BOOT)) {
      query.setInt(1, boot);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          periods.add(new Period(row.getLong(1), row.getLong(2)));
        }
      }
    }
    return periods;
  }

  SinceBoot answer(Instant bootTime, List<Period> stored, Instant now) {
    addStored();
    live.counters().forEach(this::addLive);
    add(groups.of(Series.GLOBAL_OVERFLOW, Interface.UNKNOWN), live.overflow());
    List<Row> rows = new ArrayList<>();
    Traffic total = Queries.addRows(rows, groups, sums, now.toEpochMilli(), Optional.empty());
    List<Period> periods = withPresent(stored, now);
    return new SinceBoot(
        bootTime,
        Instant.ofEpochMilli(periods.get(0).attached()),
        gaps(bootTime, periods),
        now,
        Queries.sorted(rows),
        total);
  }

  private void addStored() {
    State state = live.state();
    int series = Math.min(state.books().series().size(), state.totals().rows());
    for (int id = 0; id < series; id++) {
      if (!state.totals().isZero(id)) {
        sums.add(groups.of(id), Values.usage(Values.traffic(state.totals().row(id), 0)));
      }
    }
  }

  private void addLive(SlotId id, Counters beyond) {
    Books books = live.state().books();
    Interface iface = books.peek(books.place(id.netns(), id.ifindex()));
    add(groups.of(Series.of(id, Interface.UNKNOWN_ID), iface), beyond);
  }

  private void add(int[] lines, Counters counters) {
    sums.add(lines, Values.usage(counters.wire()));
  }

  /** The present epoch counts until now, and is not stored yet before its first snapshot. */
  private List<Period> withPresent(List<Period> stored, Instant now) {
    Epoch epoch = live.state().epoch();
    List<Period> periods = new ArrayList<>(stored);
    if (!epoch.stored() || periods.isEmpty()) {
      periods.add(new Period(epoch.attached(), now.toEpochMilli()));
    }
    return periods;
  }

  private static List<Gap> gaps(Instant bootTime, List<Period> periods) {
    List<Gap> gaps = new ArrayList<>();
    long counted = bootTime.toEpochMilli();
    for (Period period : periods) {
      if (period.attached() > counted) {
        gaps.add(new Gap(Instant.ofEpochMilli(counted), Instant.ofEpochMilli(period.attached())));
      }
      counted = Math.max(counted, period.asOf());
    }
    return gaps;
  }
}
