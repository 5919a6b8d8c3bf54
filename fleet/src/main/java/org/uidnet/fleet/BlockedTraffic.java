package org.uidnet.fleet;

import java.time.Instant;
import java.util.List;

/** Tells what was refused: fleet does not know the firewall. */
@FunctionalInterface
public interface BlockedTraffic {
  /** For whoever refuses nothing. */
  BlockedTraffic NONE = (from, to) -> List.of();

  /** By hour, with all that is known of it by now; hours partly in the range are whole. */
  List<BlockedRow> between(Instant from, Instant to);
}
