package org.uidnet.netd.names;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Ranges of UIDs lent to users for their containers: {@code owner:first:count} in each line. */
record SubUidFile(List<Range> ranges) {
  /** LXC as root, Docker's userns-remap, Podman's --userns=auto. */
  private static final Set<String> MAP_FROM_ZERO = Set.of("root", "dockremap", "containers");

  SubUidFile {
    ranges = List.copyOf(ranges);
  }

  /**
   * One line's range.
   *
   * @param owner name, or UID in digits
   */
  record Range(String owner, long first, long count) {
    boolean contains(long uid) {
      return uid >= first && uid - first < count;
    }
  }

  static SubUidFile parse(Stream<String> lines) {
    return new SubUidFile(lines.flatMap(line -> range(line).stream()).toList());
  }

  private static Optional<Range> range(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length != 3 || fields[0].isEmpty() || fields[0].startsWith("#")) {
      return Optional.empty();
    }
    return Uids.parse(fields[1])
        .flatMap(first -> Uids.parse(fields[2]).map(n -> new Range(fields[0], first, n)));
  }

  /**
   * Such as {@code alice's container uid 1000}.
   *
   * <p>Rootless containers map their UID 0 to the owner and 1 to the first of the range, so that
   * the UID in the container is the offset plus one. The owners below map from 0 on.
   *
   * @param nameOf the name of an owner that is given in digits
   */
  Optional<String> name(long uid, UnaryOperator<String> nameOf) {
    return ranges.stream()
        .filter(range -> range.contains(uid))
        .findFirst()
        .map(range -> describe(nameOf.apply(range.owner()), uid - range.first()));
  }

  private static String describe(String owner, long offset) {
    return owner + "'s container uid " + (MAP_FROM_ZERO.contains(owner) ? offset : offset + 1);
  }
}
