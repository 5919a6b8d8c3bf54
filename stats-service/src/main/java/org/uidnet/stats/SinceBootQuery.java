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
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Gap;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SinceBoot;
import org.uidnet.stats.attribution.Attribution;

/** What this boot counted: what is stored of it, and what the kernel counted beyond. Pure. */
final class SinceBootQuery {
  private final Live.Beyond live;
  private final Groups groups;
  private final SeriesAttribution attributed;
  private final Sums sums = new Sums();

  SinceBootQuery(Live.Beyond live, Attribution attribution, Set<Dimension> by, UsageFilter filter) {
    this.live = live;
    attributed = new SeriesAttribution(attribution, live.state().books());
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
    attributed.apply(live.counters(), this::addLive);
    addLive(Series.GLOBAL_OVERFLOW, Interface.UNKNOWN, live.overflow().wire());
    List<Row> rows = new ArrayList<>();
    Queries.addRows(rows, groups, sums, now.toEpochMilli(), Optional.empty());
    List<Period> periods = withPresent(stored, now);
    return new SinceBoot(
        bootTime,
        Instant.ofEpochMilli(periods.get(0).attached()),
        gaps(bootTime, periods),
        now,
        Queries.sorted(rows),
        groups.total(sums));
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

  private void addLive(Series series, Interface iface, Traffic traffic) {
    sums.add(groups.of(series, iface), Values.usage(traffic));
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
