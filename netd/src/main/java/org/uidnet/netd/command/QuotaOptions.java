package org.uidnet.netd.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.api.model.QuotaCycle;
import org.uidnet.api.model.QuotaDocument;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.QuotaTemplate;
import picocli.CommandLine.Option;

/** What a quota shall be; what is not given stays as it is, or is as it is at first. */
final class QuotaOptions {
  private static final QuotaTemplate EVERYTHING =
      new QuotaTemplate(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @Option(
      names = "--uid",
      paramLabel = "UID|NAME",
      split = ",",
      description = "Whose traffic, parted by commas; they share the quota. At first: everybody's.")
  private List<String> uids = List.of();

  @Option(names = "--iface", paramLabel = "NAME", description = "Over this interface only.")
  private Optional<String> iface;

  @Option(
      names = "--metered",
      negatable = true,
      description = "Over metered networks only; --no-metered: over all.")
  private Optional<Boolean> metered;

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "How much may be used, such as 10MB or 2GiB.")
  private Optional<Long> limit;

  @Option(names = "--no-limit", description = "Stop nothing any more.")
  private boolean noLimit;

  @Option(
      names = "--warning",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = "Tell when so much is used.")
  private Optional<Long> warning;

  @Option(names = "--no-warning", description = "Tell nothing any more.")
  private boolean noWarning;

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description = "Count anew each month on this day, 1 to 31. At first: 1.")
  private Optional<Integer> day;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "In which that day begins, such as Europe/Berlin. At first: yours.")
  private Optional<String> zone;

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = "Count anew after each such time instead: P7D, PT6H.")
  private Optional<String> period;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "When one of those times begins. Default: now.")
  private Optional<String> start;

  @Option(
      names = "--enabled",
      negatable = true,
      description = "Stop and tell; --no-enabled: only count.")
  private Optional<Boolean> enabled;

  /** The quota with what is given, over what it was. */
  QuotaRequest request(Context context, Optional<QuotaDocument> before) {
    Optional<QuotaRequest> was = before.map(QuotaRequest::of);
    return new QuotaRequest(
        Optional.of(template(context, was.flatMap(QuotaRequest::template).orElse(EVERYTHING))),
        Optional.of(cycle(context, was.flatMap(QuotaRequest::cycle))),
        bytes(noWarning, warning, was.flatMap(QuotaRequest::warningBytes)),
        bytes(noLimit, limit, was.flatMap(QuotaRequest::limitBytes)),
        enabled.or(() -> was.flatMap(QuotaRequest::enabled)));
  }

  private QuotaTemplate template(Context context, QuotaTemplate before) {
    UidWords words = new UidWords(context);
    List<Long> given = uids.stream().map(words::uid).distinct().toList();
    return new QuotaTemplate(
        Optional.empty(),
        given.isEmpty() ? before.uids() : Optional.of(given),
        iface.or(before::iface),
        metered.or(before::metered));
  }

  private static Optional<Long> bytes(boolean none, Optional<Long> given, Optional<Long> before) {
    return none ? Optional.empty() : given.or(() -> before);
  }

  private QuotaCycle cycle(Context context, Optional<QuotaCycle> before) {
    if (period.isPresent()) {
      return QuotaCycle.every(period.get(), start.orElse("now"));
    }
    boolean kept = Stream.of(day, zone, start).allMatch(Optional::isEmpty);
    return kept && before.isPresent()
        ? before.get()
        : new QuotaCycle(
            Optional.of(day.or(() -> before.flatMap(QuotaCycle::day)).orElse(1)),
            Optional.of(
                zone.or(() -> before.flatMap(QuotaCycle::timeZone))
                    .orElse(context.clock().getZone().getId())),
            start,
            Optional.empty());
  }
}
