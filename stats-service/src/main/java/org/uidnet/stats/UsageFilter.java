package org.uidnet.stats;

import java.util.List;
import java.util.Optional;
import org.uidnet.stats.network.NetworkTemplate;

/**
 * Which traffic is asked for; an empty part does not restrict.
 *
 * @param uids ranges of UIDs; empty: all kinds and all UIDs, unless {@code removed}
 * @param removed whether rows of removed UIDs are wanted besides {@code uids}, or alone when that
 *     is empty
 * @param networks as the interface was when it carried the traffic
 */
public record UsageFilter(
    List<UidRange> uids,
    boolean removed,
    Optional<CounterSet> set,
    Optional<Long> tag,
    Optional<String> iface,
    NetworkTemplate networks) {

  public static final UsageFilter ALL =
      new UsageFilter(
          List.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          NetworkTemplate.ANY);

  public UsageFilter {
    uids = List.copyOf(uids);
  }

  /** Only the traffic of one UID. */
  public static UsageFilter ofUid(long uid) {
    return ALL.withUids(List.of(new UidRange(uid, uid)));
  }

  public UsageFilter withUids(List<UidRange> other) {
    return new UsageFilter(other, removed, set, tag, iface, networks);
  }

  public UsageFilter withSet(CounterSet other) {
    return new UsageFilter(uids, removed, Optional.of(other), tag, iface, networks);
  }

  public UsageFilter withTag(long other) {
    return new UsageFilter(uids, removed, set, Optional.of(other), iface, networks);
  }

  public UsageFilter withIface(Optional<String> other) {
    return new UsageFilter(uids, removed, set, tag, other, networks);
  }

  public UsageFilter withNetworks(NetworkTemplate other) {
    return new UsageFilter(uids, removed, set, tag, iface, other);
  }

  /** UIDs from {@code first} to {@code last}, both included; 0 to 4294967294. */
  public record UidRange(long first, long last) {
    public UidRange {
      if (first < 0 || last < first || last > 4294967294L) {
        throw new IllegalArgumentException("not a range of UIDs: " + first + "-" + last);
      }
    }

    public boolean contains(long uid) {
      return first <= uid && uid <= last;
    }
  }
}
