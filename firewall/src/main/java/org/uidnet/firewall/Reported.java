package org.uidnet.firewall;

import java.util.List;

/**
 * What became of reports of processes.
 *
 * @param stale UIDs whose reports came too late: a newer one of the same epoch was known, so that
 *     they changed nothing
 */
public record Reported(Applied applied, List<Long> stale) {
  public Reported {
    stale = List.copyOf(stale);
  }
}
