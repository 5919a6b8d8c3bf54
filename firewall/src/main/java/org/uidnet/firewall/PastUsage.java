package org.uidnet.firewall;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What was used, as history has it; the daemon wires it to the stats service. */
@FunctionalInterface
public interface PastUsage {
  /** Of a daemon without history. */
  PastUsage UNKNOWN = (template, from, to) -> Optional.empty();

  /**
   * Wire bytes both ways by UID, without those over loopback; empty if history cannot tell. Asked
   * while the firewall's lock is held: it must not call the firewall.
   */
  Optional<Map<Long, Long>> byUid(Quota.Template template, Instant from, Instant to);
}
