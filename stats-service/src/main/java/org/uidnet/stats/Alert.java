package org.uidnet.stats;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

/**
 * A wish to be told when so much was used, again and again.
 *
 * @param owner UID whose wish it is; empty: of who holds the admin token
 * @param thresholdBytes it is told when more than these were used, both ways
 * @param usedBytes since it was made or told last, up to the last snapshot
 */
public record Alert(
    long id, OptionalLong owner, Template template, long thresholdBytes, long usedBytes) {
  public Alert {
    if (thresholdBytes < 1 || usedBytes < 0) {
      throw new IllegalArgumentException(
          "an alert of %d bytes with %d used".formatted(thresholdBytes, usedBytes));
    }
  }

  /**
   * Whose use of what is meant; all of it together. An empty part does not restrict, but what stays
   * in the host (loopback) is meant only where it is asked for by interface or type, and the inside
   * of a tunnel only by interface.
   *
   * @param iface by name, {@code eth0} or {@code netns:4026/eth0}; it need not exist
   */
  public record Template(List<UidRange> uids, Optional<String> iface, NetworkTemplate networks) {
    public Template {
      uids = List.copyOf(uids);
    }

    boolean concerns(Series series) {
      return uids.isEmpty()
          || (series.kind() == Kind.UID
              && uids.stream().anyMatch(range -> range.contains(series.uid())));
    }

    boolean concerns(Interface found) {
      return iface.map(found.label()::equals).orElseGet(() -> isOutside(found))
          && networks.matches(found.networks());
    }

    private boolean isOutside(Interface found) {
      return !found.inner()
          && (!found.type().equals(NetworkType.NONE) || !networks.types().isEmpty());
    }
  }

  boolean isReached() {
    return usedBytes > thresholdBytes;
  }

  Alert numbered(long number) {
    return new Alert(number, owner, template, thresholdBytes, usedBytes);
  }

  Alert using(long bytes) {
    return new Alert(id, owner, template, thresholdBytes, bytes);
  }
}
