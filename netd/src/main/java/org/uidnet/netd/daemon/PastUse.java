package org.uidnet.netd.daemon;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.uidnet.firewall.PastUsage;
import org.uidnet.firewall.Quota;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.UsageKey;
import org.uidnet.stats.network.NetworkTemplate;

/**
 * What quotas ask history for. The firewall is in force before history is open; until then nothing
 * is known. Safe for any thread.
 */
final class PastUse implements PastUsage {
  private static final String LOOPBACK = "lo";

  private volatile Optional<Usage> usage = Optional.empty();

  void connect(Usage opened) {
    usage = Optional.of(opened);
  }

  @Override
  public Optional<Map<Long, Long>> byUid(Quota.Template template, Instant from, Instant to) {
    try {
      return usage.map(opened -> byUid(template, opened.summary(query(template, from, to)).rows()));
    } catch (HistoryException e) {
      return Optional.empty(); // Health tells why.
    }
  }

  private static Usage.SummaryQuery query(Quota.Template template, Instant from, Instant to) {
    return new Usage.SummaryQuery(
        from, to, Set.of(Dimension.UID, Dimension.IFACE), filter(template));
  }

  private static UsageFilter filter(Quota.Template template) {
    return UsageFilter.ALL
        .withUids(template.uids().toList().stream().map(uid -> new UidRange(uid, uid)).toList())
        .withIface(template.iface())
        .withNetworks(
            NetworkTemplate.ANY.withMetered(Optional.of(true).filter(on -> template.metered())));
  }

  private static Map<Long, Long> byUid(Quota.Template template, List<Usage.Row> rows) {
    Map<Long, Long> bytes = new HashMap<>();
    for (Usage.Row row : rows) {
      if (isLimited(row.key()) && isPartOf(template, row.key())) {
        row.key().uid().ifPresent(uid -> bytes.merge(uid, bytes(row.traffic()), Long::sum));
      }
    }
    return bytes;
  }

  /** Loopback is free, and what a phone used elsewhere was not used here. */
  private static boolean isLimited(UsageKey key) {
    return !isLoopback(key.iface().orElse("")) && !key.isRecorded();
  }

  /** What is in a tunnel is told of the interfaces below it, too. */
  private static boolean isPartOf(Quota.Template template, UsageKey key) {
    return !key.inner() || template.iface().isPresent();
  }

  private static boolean isLoopback(String iface) {
    return iface.equals(LOOPBACK) || iface.endsWith("/" + LOOPBACK);
  }

  private static long bytes(Traffic traffic) {
    return traffic.rxBytes() + traffic.txBytes();
  }
}
