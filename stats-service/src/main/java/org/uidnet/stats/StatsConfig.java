package org.uidnet.stats;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.uidnet.stats.attribution.Attribution;

/**
 * Where history is kept, and for how long.
 *
 * @param directory holds the database
 * @param database its file name, which ends in {@code .mv.db}
 * @param zone days and months begin by it; a change affects new buckets only
 * @param keepFiveMinutes how long five-minute buckets are kept; zero: hours are the finest
 * @param keepHours how long hours are kept
 * @param keepDays how long days are kept; months are kept for ever
 * @param slotIdle a slot that counted nothing for so long is given back
 * @param slotIdleWhenFull the same when slots are scarce
 * @param slotsPerUid how many slots a UID may hold, as it was loaded into the programs
 * @param attribution whose traffic it is that others carried
 * @param maxBytes above this size of the file the oldest of the finest rows go early
 */
public record StatsConfig(
    Path directory,
    String database,
    ZoneId zone,
    Duration keepFiveMinutes,
    Duration keepHours,
    Duration keepDays,
    Duration slotIdle,
    Duration slotIdleWhenFull,
    int slotsPerUid,
    Attribution attribution,
    long maxBytes) {
  private static final String SUFFIX = ".mv.db";

  public StatsConfig {
    if (!database.endsWith(SUFFIX)) {
      throw new IllegalArgumentException("the database's name ends in " + SUFFIX);
    }
    if (keepFiveMinutes.isNegative()
        || keepHours.compareTo(keepFiveMinutes) < 0
        || keepDays.compareTo(keepHours) < 0) {
      throw new IllegalArgumentException("coarser buckets are kept at least as long as finer ones");
    }
  }

  /** The defaults, for a directory. */
  public static StatsConfig in(Path directory) {
    return new StatsConfig(
        directory,
        "history" + SUFFIX,
        ZoneId.of("UTC"),
        Duration.ofDays(2),
        Duration.ofDays(90),
        Duration.ofDays(3 * 365 + 1),
        Duration.ofHours(1),
        Duration.ofMinutes(1),
        512,
        Attribution.NONE,
        Long.MAX_VALUE);
  }

  public StatsConfig withZone(ZoneId other) {
    return new StatsConfig(
        directory,
        database,
        other,
        keepFiveMinutes,
        keepHours,
        keepDays,
        slotIdle,
        slotIdleWhenFull,
        slotsPerUid,
        attribution,
        maxBytes);
  }

  public StatsConfig withRetention(Duration fiveMinutes, Duration hours, Duration days) {
    return new StatsConfig(
        directory,
        database,
        zone,
        fiveMinutes,
        hours,
        days,
        slotIdle,
        slotIdleWhenFull,
        slotsPerUid,
        attribution,
        maxBytes);
  }

  /** With five-minute buckets kept for so long at least, and all others no shorter. */
  public StatsConfig withFiveMinutesFor(Duration least) {
    Duration fiveMinutes = longer(keepFiveMinutes, least);
    Duration hours = longer(keepHours, fiveMinutes);
    return withRetention(fiveMinutes, hours, longer(keepDays, hours));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  public StatsConfig withSlotIdle(Duration idle, Duration idleWhenFull, int perUid) {
    return new StatsConfig(
        directory,
        database,
        zone,
        keepFiveMinutes,
        keepHours,
        keepDays,
        idle,
        idleWhenFull,
        perUid,
        attribution,
        maxBytes);
  }

  public StatsConfig withAttribution(Attribution other) {
    return new StatsConfig(
        directory,
        database,
        zone,
        keepFiveMinutes,
        keepHours,
        keepDays,
        slotIdle,
        slotIdleWhenFull,
        slotsPerUid,
        other,
        maxBytes);
  }

  public StatsConfig withMaxBytes(long other) {
    return new StatsConfig(
        directory,
        database,
        zone,
        keepFiveMinutes,
        keepHours,
        keepDays,
        slotIdle,
        slotIdleWhenFull,
        slotsPerUid,
        attribution,
        other);
  }

  /** What need not outlive a round is not made in the first place. */
  Resolution finest() {
    return keepFiveMinutes.isZero() ? Resolution.HOUR : Resolution.FIVE_MINUTES;
  }

  Path file() {
    return directory.resolve(database);
  }

  /** As H2 wants it: it adds the suffix itself. */
  Path fileWithoutSuffix() {
    return directory.resolve(database.substring(0, database.length() - SUFFIX.length()));
  }
}
