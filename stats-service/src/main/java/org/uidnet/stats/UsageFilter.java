package org.uidnet.stats;

import java.util.List;
import java.util.Optional;

/**
 * Which traffic is asked for; an empty part does not restrict.
 *
 * @param uids ranges of UIDs; empty: all kinds and all UIDs, unless {@code removed}
 * @param removed whether rows of removed UIDs are wanted besides {@code uids}, or alone when that
 *     is empty
 */
public record UsageFilter(
    List<UidRange> uids,
    boolean removed,
    Optional<CounterSet> set,
    Optional<Long> tag,
    Optional<String> iface,
    Optional<Boolean> metered) {

  public static final UsageFilter ALL =
      new UsageFilter(
          List.of(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public UsageFilter {
    uids = List.copyOf(uids);
  }

  /** Only the traffic of one UID. */
  public static UsageFilter ofUid(long uid) {
    return new UsageFilter(
        List.of(new UidRange(uid, uid)),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
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
