package org.uidnet.netd.names;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Users by UID and by name, as {@code /etc/passwd} lists them: {@code name:password:uid:…}. The
 * first line of a UID or a name is the one that counts, as for the C library.
 */
record PasswdFile(Map<Long, String> names, Map<String, Long> uids, Map<Long, Set<Long>> uidsByGid) {
  PasswdFile {
    names = Map.copyOf(names);
    uids = Map.copyOf(uids);
    uidsByGid = Map.copyOf(uidsByGid);
  }

  static PasswdFile parse(Stream<String> lines) {
    Map<Long, String> names = new HashMap<>();
    Map<String, Long> uids = new HashMap<>();
    Map<Long, Set<Long>> uidsByGid = new HashMap<>();
    lines.forEach(line -> add(names, uids, uidsByGid, line.split(":", -1)));
    return new PasswdFile(names, uids, uidsByGid);
  }

  private static void add(
      Map<Long, String> names,
      Map<String, Long> uids,
      Map<Long, Set<Long>> uidsByGid,
      String[] fields) {
    if (fields.length < 3 || fields[0].isEmpty() || fields[0].startsWith("#")) {
      return;
    }
    Optional<Long> uid = Uids.parse(fields[2]);
    if (uid.isPresent()) {
      names.putIfAbsent(uid.get(), fields[0]);
      uids.putIfAbsent(fields[0], uid.get());
      gid(fields)
          .ifPresent(gid -> uidsByGid.computeIfAbsent(gid, g -> new TreeSet<>()).add(uid.get()));
    }
  }

  private static Optional<Long> gid(String[] fields) {
    return fields.length < 4 ? Optional.empty() : Uids.parse(fields[3]);
  }
}
