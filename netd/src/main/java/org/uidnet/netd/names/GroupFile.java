package org.uidnet.netd.names;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Groups by name, as {@code /etc/group} lists them: {@code name:password:gid:member,member}. */
record GroupFile(Map<String, Group> groups) {
  GroupFile {
    groups = Map.copyOf(groups);
  }

  /**
   * One line.
   *
   * @param members names of users; those whose first group it is are not among them
   */
  record Group(long gid, List<String> members) {}

  static GroupFile parse(Stream<String> lines) {
    Map<String, Group> groups = new HashMap<>();
    lines.forEach(line -> add(groups, line.split(":", -1)));
    return new GroupFile(groups);
  }

  private static void add(Map<String, Group> groups, String[] fields) {
    if (fields.length < 4 || fields[0].isEmpty() || fields[0].startsWith("#")) {
      return;
    }
    Optional<Long> gid = Uids.parse(fields[2]);
    gid.ifPresent(
        number ->
            groups.putIfAbsent(
                fields[0],
                new Group(
                    number,
                    Stream.of(fields[3].split(",", -1)).filter(name -> !name.isEmpty()).toList())));
  }
}
