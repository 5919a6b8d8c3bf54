package org.uidnet.firewall;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many bytes may be used in a cycle: on the wire, both ways, by what is charged to the UIDs,
 * and never over loopback. A value; checked when a policy takes it.
 *
 * @param warningBytes tells when so many are used
 * @param limitBytes nothing passes any more when so many are used
 * @param enabled false: it only counts
 */
public record Quota(
    Template template,
    Cycle cycle,
    OptionalLong warningBytes,
    OptionalLong limitBytes,
    boolean enabled) {
  /**
   * Which traffic is meant.
   *
   * @param uids none: all
   * @param iface by name, {@code eth0} or {@code netns:4026/eth0}; it need not exist. Empty: any
   * @param metered metered networks only
   */
  public record Template(UidSet uids, Optional<String> iface, boolean metered) {
    public boolean isForAll() {
      return uids.isEmpty();
    }

    /** Whether the UID's traffic is meant. */
    public boolean concerns(long uid) {
      return isForAll() || uids.contains(uid);
    }

    boolean isForAnyNetwork() {
      return iface.isEmpty() && !metered;
    }

    boolean isOfSameNetworks(Template other) {
      return iface.equals(other.iface) && metered == other.metered;
    }
  }

  Quota withUids(UidSet uids) {
    Template other = new Template(uids, template.iface(), template.metered());
    return new Quota(other, cycle, warningBytes, limitBytes, enabled);
  }
}
