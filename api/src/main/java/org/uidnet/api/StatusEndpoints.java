package org.uidnet.api;

import java.util.List;
import java.util.stream.Stream;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.Status;
import org.uidnet.api.model.TruthRow;
import org.uidnet.api.model.VacuumOutcome;
import org.uidnet.firewall.FirewallStatus;
import org.uidnet.stats.Usage;

/** How the daemon is. */
final class StatusEndpoints {
  private final Services services;

  StatusEndpoints(Services services) {
    this.services = services;
  }

  Health health(Call call) {
    return services.health().get();
  }

  VacuumOutcome vacuum(Call call) {
    call.body().requireNoFields();
    return VacuumOutcome.of(services.usage().vacuum());
  }

  Status status(Call call) {
    DaemonStatus daemon = services.status().get();
    Usage.StoreStatus store = services.usage().status();
    FirewallStatus firewall = services.firewall().status();
    return new Status(
        daemon.backend(),
        daemon.version(),
        daemon.startTime(),
        daemon.uptime().toSeconds(),
        daemon.programs(),
        daemon.links(),
        daemon.maps(),
        poll(daemon, store),
        new Status.Slots(store.liveSlots(), store.slots(), store.series()),
        List.of(history(store)),
        daemon.cost(),
        daemon.inputs(),
        daemon.exports(),
        store.work().stream().map(Status.Work::of).toList(),
        problems(store, firewall),
        firewall,
        services.usage().truthSinceAttach().stream().flatMap(TruthRow::of).toList());
  }

  private Status.Database history(Usage.StoreStatus store) {
    return new Status.Database("history", store.file(), store.bytes(), services.usage().tables());
  }

  private static List<String> problems(Usage.StoreStatus store, FirewallStatus firewall) {
    return Stream.of(store.problems(), firewall.problems()).flatMap(List::stream).toList();
  }

  private static Status.Poll poll(DaemonStatus daemon, Usage.StoreStatus store) {
    return new Status.Poll(
        store.lastPoll(), store.lastPollMicros(), daemon.pollInterval().toMillis());
  }
}
