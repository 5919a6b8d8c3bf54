package org.uidnet.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.Feed.Item;
import org.uidnet.api.model.UsageRates;
import org.uidnet.api.model.UsageRates.Row;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.Host;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;

/** Rates per UID, each second. They are measured once for all who listen, and only then. */
final class RateEndpoints {
  static final Set<String> RATES = Set.of("uid", StreamFormat.PARAMETER);

  private static final Logger LOG = LoggerFactory.getLogger(RateEndpoints.class);

  /** A minute of them, for who lost the connection. */
  private static final int KEPT = 60;

  /** Who is slower wants the latest. */
  private static final int BACKLOG = 8;

  private static final Set<Dimension> BY_UID = EnumSet.of(Dimension.UID);

  private final Usage usage;
  private final Host.Elapsed elapsed;
  private final Streams streams;
  private final EventIds ids;
  private final Feed<UsageRates> feed;

  /** Of the streams' thread. */
  private Optional<RateSample> before = Optional.empty();

  RateEndpoints(Services services, Streams streams, EventIds ids) {
    usage = services.usage();
    elapsed = services.host().elapsed();
    feed = new Feed<>(KEPT, elapsed);
    this.streams = streams;
    this.ids = ids;
    streams.eachSecond(this::round, this::forgetBefore);
  }

  Answer rates(Call call) {
    UidSelection whose = UidSelection.of(call.query(), call.caller());
    if (whose.removed()) {
      throw Refusal.badField("uid", "UIDs that were removed send nothing any more.");
    }
    return new StreamAnswer(
        streams,
        call,
        BACKLOG,
        new FeedSource<>(feed, ids, item -> Optional.of(view(item, whose))));
  }

  private StreamEvent view(Item<UsageRates> item, UidSelection whose) {
    return StreamEvent.of("rates", ids.of(item.number()), () -> only(item.value(), whose));
  }

  private static UsageRates only(UsageRates all, UidSelection whose) {
    if (whose.ranges().isEmpty()) {
      return all; // also what is nobody's
    }
    List<Row> rows =
        all.rows().stream().filter(row -> row.uid().filter(whose::selects).isPresent()).toList();
    return new UsageRates(all.time(), all.seconds(), rows, RateSample.total(rows));
  }

  /** The first second has no rates yet. */
  void round() {
    if (!feed.isHeard()) {
      forgetBefore();
      return;
    }
    try {
      RateSample now = sample();
      before.ifPresent(old -> feed.publish(now.since(old)));
      before = Optional.of(now);
    } catch (HistoryException e) {
      LOG.debug("a second without rates", e); // health says it
    }
  }

  /** Who listens next is not told what flowed while nobody did. */
  private void forgetBefore() {
    before = Optional.empty();
  }

  private RateSample sample() {
    Usage.SinceBoot all = usage.sinceBoot(BY_UID, UsageFilter.ALL);
    return new RateSample(all.asOf(), elapsed.nanos(), all.rows());
  }
}
