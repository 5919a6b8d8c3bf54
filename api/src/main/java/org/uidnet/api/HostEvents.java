package org.uidnet.api;

import java.time.Instant;
import org.uidnet.api.Happening.Audience;
import org.uidnet.api.model.AlertEvent;
import org.uidnet.api.model.BlockedStatusEvent;
import org.uidnet.api.model.QuotaEvent;
import org.uidnet.api.model.StatsEvent;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.BlockedStatus;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.FirewallListener;
import org.uidnet.firewall.QuotaAlert;
import org.uidnet.programs.Event;
import org.uidnet.stats.Alert;
import org.uidnet.stats.AlertListener;
import org.uidnet.stats.Usage;

/**
 * What happens on the host, as one feed: refusals, changes of policy and state, what blocks whom,
 * quotas, alerts, snapshots. All but snapshots come on the threads that find them, and take no
 * longer than it takes to note them; snapshots are noticed by {@link #round}.
 */
final class HostEvents implements FirewallListener, AlertListener, AutoCloseable {
  /** For clients that come back. */
  private static final int KEPT = 1024;

  private final Firewall firewall;
  private final Usage usage;
  private final RefusedEvents refused;
  private final Feed<Happening> feed;

  /** Of one thread. */
  private Instant lastSnapshot;

  private HostEvents(Services services) {
    firewall = services.firewall();
    usage = services.usage();
    refused =
        new RefusedEvents(
            services.names(),
            new InterfaceNames(services.networks(), System::nanoTime),
            new BootTimes(services.clock(), services.host().elapsed()));
    feed = new Feed<>(KEPT, Happening::weight, services.host().elapsed());
    lastSnapshot = usage.status().lastPoll();
  }

  /** Notes what happens from now on. */
  static HostEvents of(Services services) {
    HostEvents events = new HostEvents(services);
    events.firewall.addListener(events);
    events.usage.addListener(events);
    return events;
  }

  Feed<Happening> feed() {
    return feed;
  }

  @Override
  public void refused(Event event, String reason) {
    feed.publish(
        Happening.of("drop", Audience.of(event.id().uid()), () -> refused.show(event, reason)));
  }

  @Override
  public void changed(AuditEntry entry) {
    feed.publish(Happening.of("change", Audience.NOBODY, () -> ChangeEndpoints.entry(entry)));
  }

  /** One event for all that are alike; who may see itself only is told of itself only. */
  @Override
  public void blocked(BlockedStatus status) {
    feed.publish(
        new Happening(
            "blocked-status",
            Audience.of(status.uids()),
            whose -> BlockedStatusEvent.of(status, whose::selects)));
  }

  @Override
  public void alerted(QuotaAlert alert) {
    feed.publish(Happening.of("quota", Audience.NOBODY, () -> QuotaEvent.of(alert)));
  }

  @Override
  public void alerted(Alert alert, Instant asOf) {
    Audience audience =
        alert.owner().isPresent() ? Audience.of(alert.owner().getAsLong()) : Audience.NOBODY;
    feed.publish(Happening.of("alert", audience, () -> AlertEvent.of(alert, asOf)));
  }

  /** Looks for a new snapshot. */
  void round() {
    Instant last = usage.status().lastPoll();
    if (!last.equals(lastSnapshot)) {
      lastSnapshot = last;
      feed.publish(Happening.of("stats", Audience.EVERYBODY, () -> new StatsEvent(last)));
    }
  }

  @Override
  public void close() {
    usage.removeListener(this);
    firewall.removeListener(this);
  }
}
