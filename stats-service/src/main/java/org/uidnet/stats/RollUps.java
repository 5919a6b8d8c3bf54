package org.uidnet.stats;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.Usage.WorkKind;

/** Rolls complete buckets up and deletes what retention no longer keeps. For the writer only. */
final class RollUps {
  private static final Resolution[] COARSE = {Resolution.HOUR, Resolution.DAY, Resolution.MONTH};
  private static final Resolution[] ENDING = {
    Resolution.FIVE_MINUTES, Resolution.HOUR, Resolution.DAY
  };

  /** Roll-ups in one go: after years of simulated time a round must still end. */
  private static final int BATCH = 200;

  private static final int DELETE_BATCH = 5_000;

  /** What is given up for want of space goes in so many parts. */
  private static final int PARTS = 10;

  private final Database database;
  private final Statements statements;
  private final StatsConfig config;
  private final BucketCalendar calendar;
  private final Steps steps;
  private final Works works;
  private final HoursOfDays hoursOfDays;
  private final Set<Resolution> deleting = EnumSet.of(ENDING[0], ENDING[1], ENDING[2]);

  RollUps(Database database, StatsConfig config, Steps steps, Works works) {
    this.database = database;
    this.config = config;
    this.steps = steps;
    this.works = works;
    calendar = new BucketCalendar(config.zone());
    statements = new Statements(database.writer());
    hoursOfDays = new HoursOfDays(statements);
  }

  /** Rolls up what is complete; a tier only when the finer one is done. */
  Tiers rollUp(Tiers present, long asOf) throws SQLException {
    Tiers tiers = present;
    int budget = BATCH;
    for (Resolution tier : COARSE) {
      Optional<Tiers.Span> next = next(tiers, tier, asOf);
      while (next.isPresent()) {
        if (budget-- == 0) {
          return tiers;
        }
        works.left(WorkKind.ROLL_UP, hours(next.get().start(), Tick.of(asOf)));
        rollUp(tier, next.get());
        tiers = tiers.with(tier, next.get());
        next = next(tiers, tier, asOf);
      }
      works.left(WorkKind.ROLL_UP, 0);
    }
    return tiers;
  }

  private static int hours(int from, int to) {
    return (int) TimeUnit.MILLISECONDS.toHours(Tick.millis(to - from));
  }

  private Optional<Tiers.Span> next(Tiers tiers, Resolution tier, long asOf) throws SQLException {
    return firstRow(Tiers.finer(tier), tiers.watermark(tier))
        .map(tick -> tiers.fit(tier, tick, calendar))
        .filter(span -> Tick.millis(span.end()) <= asOf);
  }

  private Optional<Integer> firstRow(Resolution tier, int from) throws SQLException {
    Optional<Integer> usage = firstRow(Table.USAGE, tier, from);
    Optional<Integer> truth = firstRow(Table.TRUTH, tier, from);
    return usage.isPresent() && truth.isPresent()
        ? Optional.of(Math.min(usage.get(), truth.get()))
        : usage.or(() -> truth);
  }

  private Optional<Integer> firstRow(Table table, Resolution tier, int from) throws SQLException {
    try (ResultSet row =
        statements.with(Sql.firstRow(table, tier), Tick.row(from, 0)).executeQuery()) {
      row.next();
      long id = row.getLong(1);
      return row.wasNull() ? Optional.empty() : Optional.of(Tick.tickOf(id));
    }
  }

  private void rollUp(Resolution tier, Tiers.Span span) throws SQLException {
    database.write(
        connection -> {
          for (Table table : Table.values()) {
            statements.execute(
                Sql.rollUp(table, tier),
                Tick.row(span.start(), 0),
                Tick.row(span.start(), 0),
                Tick.row(span.end(), 0));
          }
          boolean ofHours = tier == Resolution.DAY;
          if (ofHours) {
            hoursOfDays.pack(span);
          }
          statements.execute(Sql.STORE_ROLLUP, tier.label(), span.start(), span.end(), ofHours);
          steps.reached(Step.BEFORE_ROLLUP);
        });
    steps.reached(Step.ROLLED_UP);
  }

  /** Says from where on rows are no longer used; they are deleted when no query uses them. */
  Tiers raiseFloors(Tiers present, long asOf) throws SQLException {
    Tiers tiers = present;
    for (Resolution tier : ENDING) {
      int cutoff = Tick.of(asOf - keep(tier).toMillis());
      Optional<Integer> floor = tiers.lastEnd(Tiers.coarser(tier), cutoff);
      if (floor.isPresent() && floor.get() > tiers.floor(tier)) {
        storeFloor(tier, floor.get());
        tiers = tiers.withFloor(tier, floor.get());
        deleting.add(tier);
      }
    }
    return tiers;
  }

  /** Whether rows below the floors are still to be deleted. */
  boolean isDeleting() {
    return !deleting.isEmpty();
  }

  /**
   * Gives up the oldest of the finest rows before their time, a part at once: what they tell is in
   * coarser ones, so that no total changes. The same if there is nothing left to give up.
   */
  Tiers giveUpSome(Tiers present) throws SQLException {
    for (Resolution tier : ENDING) {
      Optional<Integer> floor = earlierFloor(present, tier);
      if (floor.isPresent()) {
        storeFloor(tier, floor.get());
        deleting.add(tier);
        return present.withFloor(tier, floor.get());
      }
    }
    return present;
  }

  /** A tenth of what the tier holds, or a coarser bucket if that is more. */
  private static Optional<Integer> earlierFloor(Tiers tiers, Resolution tier) {
    Spans complete = tiers.spans(Tiers.coarser(tier)).from(tiers.floor(tier));
    if (complete.isEmpty()) {
      return Optional.empty();
    }
    int first = complete.first().start();
    int tenth = first + (complete.last().end() - first) / PARTS;
    return tiers
        .lastEnd(Tiers.coarser(tier), tenth)
        .filter(end -> end > first)
        .or(() -> Optional.of(complete.first().end()));
  }

  private Duration keep(Resolution tier) {
    return switch (tier) {
      case FIVE_MINUTES -> config.keepFiveMinutes();
      case HOUR -> config.keepHours();
      default -> config.keepDays();
    };
  }

  private void storeFloor(Resolution tier, int floor) throws SQLException {
    database.write(
        connection -> {
          statements.execute(Sql.STORE_FLOOR, tier.label(), floor);
          statements.execute(Sql.FORGET_ROLLUPS, tier.label(), floor);
        });
    steps.reached(Step.FLOOR_RAISED);
  }

  /** Deletes some rows below the floors; the rest in the next rounds. */
  void delete(Tiers tiers) throws SQLException {
    for (Resolution tier : Set.copyOf(deleting)) {
      if (tiers.floor(tier) == Integer.MIN_VALUE || deleteSome(tiers, tier)) {
        deleting.remove(tier);
      }
    }
    works.left(WorkKind.DELETION, hoursToDelete(tiers));
  }

  /** Of all that is being deleted, by the oldest row that is left. */
  private int hoursToDelete(Tiers tiers) throws SQLException {
    int hours = 0;
    for (Resolution tier : deleting) {
      int floor = tiers.floor(tier);
      hours += hours(firstRow(tier, 0).filter(first -> first < floor).orElse(floor), floor);
    }
    return hours;
  }

  /** Whether nothing is left to delete. */
  private boolean deleteSome(Tiers tiers, Resolution tier) throws SQLException {
    int[] deleted = {0};
    database.write(
        connection -> {
          for (Table table : Table.values()) {
            deleted[0] +=
                statements.execute(
                    Sql.deleteBefore(table, tier), Tick.row(tiers.floor(tier), 0), DELETE_BATCH);
          }
          if (tier == Resolution.HOUR) {
            deleted[0] += hoursOfDays.deleteSome(tiers.floor(tier), DELETE_BATCH);
          }
        });
    steps.reached(Step.DELETED);
    return deleted[0] == 0;
  }
}
