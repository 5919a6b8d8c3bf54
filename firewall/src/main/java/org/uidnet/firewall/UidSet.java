package org.uidnet.firewall;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/** UIDs in ascending order; a value. Lists have ten thousands of them, so they are not boxed. */
public final class UidSet {
  public static final UidSet EMPTY = new UidSet(new long[0]);

  private final long[] uids;

  private UidSet(long[] ascending) {
    uids = ascending;
  }

  public static UidSet of(Collection<Long> uids) {
    return of(uids.stream().mapToLong(Long::longValue));
  }

  static UidSet of(LongStream uids) {
    return new UidSet(uids.sorted().distinct().toArray());
  }

  public boolean contains(long uid) {
    return Arrays.binarySearch(uids, uid) >= 0;
  }

  UidSet with(long uid) {
    return contains(uid) ? this : of(LongStream.concat(stream(), LongStream.of(uid)));
  }

  UidSet without(long uid) {
    return contains(uid) ? new UidSet(stream().filter(each -> each != uid).toArray()) : this;
  }

  UidSet set(long uid, boolean listed) {
    return listed ? with(uid) : without(uid);
  }

  public UidSet plus(UidSet other) {
    return other.isEmpty() || equals(other)
        ? this
        : of(LongStream.concat(stream(), other.stream()));
  }

  UidSet minus(UidSet other) {
    return equals(other)
        ? EMPTY
        : new UidSet(stream().filter(uid -> !other.contains(uid)).toArray());
  }

  /** In ascending order. */
  public LongStream stream() {
    return Arrays.stream(uids);
  }

  public List<Long> toList() {
    return stream().boxed().toList();
  }

  public int size() {
    return uids.length;
  }

  public boolean isEmpty() {
    return uids.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UidSet set && Arrays.equals(uids, set.uids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(uids);
  }

  /** Ranges: {@code 1000-1003 2000}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int first = 0, last; first < uids.length; first = last + 1) {
      last = lastOfRange(first);
      text.append(first == 0 ? "" : " ").append(uids[first]);
      if (last > first) {
        text.append('-').append(uids[last]);
      }
    }
    return text.toString();
  }

  private int lastOfRange(int first) {
    int last = first;
    while (last + 1 < uids.length && uids[last + 1] == uids[last] + 1) {
      last++;
    }
    return last;
  }

  /** What {@link #toString} made; also numbers and ranges of one's own. */
  public static UidSet parse(String text) {
    return text.isBlank() ? EMPTY : of(Arrays.stream(text.split(" ")).flatMapToLong(UidSet::range));
  }

  private static LongStream range(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? LongStream.of(Long.parseLong(text))
        : LongStream.rangeClosed(
            Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }
}
