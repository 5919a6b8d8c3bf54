package org.uidnet.api;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.api.UsageParameters.Range;
import org.uidnet.api.model.PollOutcome;
import org.uidnet.api.model.TruthReport;
import org.uidnet.api.model.TruthRow;
import org.uidnet.api.model.UsageBucket;
import org.uidnet.api.model.UsageHistory;
import org.uidnet.api.model.UsageRow;
import org.uidnet.api.model.UsageSinceBoot;
import org.uidnet.api.model.UsageSummary;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.Resolution;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageKey;

/** Who used what. */
final class UsageEndpoints {
  static final Set<String> TRUTH = with(NetworkParameters.NAMES, "from", "to");
  static final Set<String> SINCE_BOOT =
      with(NetworkParameters.NAMES, "by", "uid", "set", "tag", "iface", "limit", "cursor");
  static final Set<String> SUMMARY = with(SINCE_BOOT, "from", "to");
  static final Set<String> HISTORY =
      with(NetworkParameters.NAMES, "by", "uid", "set", "tag", "iface", "from", "to", "resolution");

  private static final int MAX_BUCKETS = 5_000;
  private static final Set<Dimension> ANY = EnumSet.allOf(Dimension.class);
  private static final Set<Dimension> BY_UID = EnumSet.of(Dimension.UID);

  private static final Set<Dimension> LIVE = EnumSet.complementOf(EnumSet.of(Dimension.DAY));

  private final Usage usage;

  UsageEndpoints(Usage usage) {
    this.usage = usage;
  }

  static Set<String> with(Set<String> some, String... others) {
    return Stream.concat(some.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
  }

  UsageSummary summary(Call call) {
    Page page = Page.of(call.query());
    Range asked = page.range().orElseGet(() -> UsageParameters.range(call));
    Set<Dimension> by = UsageParameters.by(call, BY_UID, ANY);
    UsageFilter filter = UsageParameters.filter(call);
    var summary = summary(new Usage.SummaryQuery(asked.from(), asked.to(), by, filter), call.now());
    Range range = new Range(summary.from(), summary.to());
    return new UsageSummary(
        range.from(),
        range.to(),
        summary.asOf(),
        rows(page.of(summary.rows()), by),
        summary.total(),
        call.caller().seesAll() ? Optional.of(unattributed(range, filter)) : Optional.empty(),
        page.next(summary.rows(), range));
  }

  /**
   * A question up to now that a snapshot overtakes is one up to that snapshot: the open bucket ends
   * there, and would otherwise be shared out.
   */
  private Usage.Summary summary(Usage.SummaryQuery query, Instant now) {
    Usage.Summary summary = usage.summary(query);
    return query.to().equals(now) && summary.asOf().isAfter(now)
        ? summary(query.until(summary.asOf()), summary.asOf())
        : summary;
  }

  UsageHistory history(Call call) {
    Range range = UsageParameters.range(call);
    Resolution resolution = UsageParameters.resolution(call);
    Set<Dimension> by = UsageParameters.by(call, Set.of(), ANY);
    var history =
        history(
            new Usage.HistoryQuery(
                range.from(), range.to(), resolution, by, UsageParameters.filter(call)));
    return new UsageHistory(
        history.resolution().label(),
        range.from(),
        range.to(),
        history.asOf(),
        history.mixed(),
        history.buckets().stream().map(bucket -> bucket(bucket, by)).toList());
  }

  UsageSinceBoot sinceBoot(Call call) {
    Page page = Page.of(call.query());
    Set<Dimension> by = UsageParameters.by(call, BY_UID, LIVE);
    var boot = usage.sinceBoot(by, UsageParameters.filter(call));
    return new UsageSinceBoot(
        boot.bootTime(),
        boot.countedSince(),
        boot.gaps().stream().map(gap -> new UsageSinceBoot.Gap(gap.from(), gap.to())).toList(),
        boot.asOf(),
        rows(page.of(boot.rows()), by),
        boot.total(),
        page.next(boot.rows(), new Range(Instant.EPOCH, Instant.EPOCH)));
  }

  TruthReport truth(Call call) {
    Range range = UsageParameters.range(call);
    List<Usage.Truth> truth =
        usage.truth(range.from(), range.to(), NetworkParameters.template(call.query()));
    return new TruthReport(
        range.from(),
        range.to(),
        usage.status().lastPoll(),
        truth.stream().flatMap(TruthRow::of).toList());
  }

  PollOutcome poll(Call call) {
    call.body().requireNoFields();
    var result = usage.poll();
    return new PollOutcome(result.asOf(), result.changedKeys(), result.stored());
  }

  private Traffic unattributed(Range range, UsageFilter filter) {
    return usage.truth(range.from(), range.to(), filter.networks()).stream()
        .filter(truth -> isOfHost(truth.iface()))
        .filter(truth -> filter.iface().map(truth.iface()::equals).orElse(true))
        .map(Usage.Truth::unattributed)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  /**
   * Names of other namespaces' interfaces are {@code netns:<cookie>/<name>}, those of recordings
   * {@code android/<type>}; Linux has no / in names.
   */
  private static boolean isOfHost(String iface) {
    return !iface.contains("/");
  }

  /** Only the store knows how many buckets there are; it refuses what it would have to cut. */
  private Usage.History history(Usage.HistoryQuery query) {
    try {
      return usage.history(query);
    } catch (IllegalArgumentException e) {
      throw Refusal.badField(
          "resolution",
          "More than %d buckets of %s lie between 'from' and 'to'; ask for less time or a coarser resolution."
              .formatted(MAX_BUCKETS, query.resolution().label()));
    }
  }

  static UsageBucket bucket(Usage.Bucket bucket, Set<Dimension> by) {
    return new UsageBucket(bucket.start(), bucket.end(), row(bucket.row(), by));
  }

  private static List<UsageRow> rows(List<Usage.Row> rows, Set<Dimension> by) {
    return rows.stream().map(row -> row(row, by)).toList();
  }

  private static UsageRow row(Usage.Row row, Set<Dimension> by) {
    UsageKey key = row.key();
    return new UsageRow(
        by.contains(Dimension.UID) ? Optional.of(key.kind()) : Optional.empty(),
        key.uid(),
        key.name(),
        key.set(),
        key.tag(),
        key.iface(),
        key.network(),
        key.type(),
        key.metered(),
        key.roaming(),
        key.defaultNetwork(),
        key.netns(),
        key.day(),
        Optional.of(key.inner()).filter(inner -> inner),
        row.traffic(),
        Optional.of(row.operations()).filter(operations -> operations != 0));
  }
}
