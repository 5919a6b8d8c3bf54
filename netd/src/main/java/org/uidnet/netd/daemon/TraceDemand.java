package org.uidnet.netd.daemon;

import java.util.List;
import java.util.OptionalLong;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.SlotId;

/**
 * What the programs have to trace, so that every session can get exactly what it asked for.
 *
 * <p>Sampling means counting, so the programs may only count packets that count for every session:
 * they do while all ask for the same UID and for nothing else. They then trace one of the greatest
 * common divisor, since from one of 10 nobody can make one of 15. In all other cases they trace
 * each packet (of one UID if all agree on it), and sessions count for themselves.
 *
 * @param every one of so many packets; 0: none
 * @param uid owner of their sockets; {@code UID_FOREIGN}: anybody
 */
record TraceDemand(int every, long uid) {
  static final TraceDemand NONE = new TraceDemand(0, SlotId.UID_FOREIGN);

  static TraceDemand of(List<TraceFilter> filters) {
    if (filters.isEmpty()) {
      return NONE;
    }
    OptionalLong owner = filters.get(0).owner();
    boolean agreed = filters.stream().allMatch(filter -> filter.owner().equals(owner));
    boolean counted = agreed && filters.stream().allMatch(filter -> filter.further().isEmpty());
    return new TraceDemand(
        counted ? commonDivisor(filters) : 1,
        agreed ? owner.orElse(SlotId.UID_FOREIGN) : SlotId.UID_FOREIGN);
  }

  private static int commonDivisor(List<TraceFilter> filters) {
    return filters.stream().mapToInt(TraceFilter::every).reduce(0, TraceDemand::commonDivisor);
  }

  private static int commonDivisor(int one, int other) {
    return other == 0 ? one : commonDivisor(other, one % other);
  }
}
