package org.uidnet.fleet;

import java.util.List;
import java.util.Optional;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress;

/**
 * What a sink stores at once.
 *
 * @param host whose history it is
 * @param lost what the sink will never have, as far as it was not told before
 */
record Shipment(
    String host, ExportBatch batch, List<BlockedRow> blocked, Optional<ExportProgress.Lost> lost) {
  Shipment {
    blocked = List.copyOf(blocked);
  }
}
