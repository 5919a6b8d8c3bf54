package org.uidnet.netd.names;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Android's packages by their UID of user 0, from lines {@code package uid …}. Packages that share
 * a UID share its traffic and its name.
 */
record PackagesFile(Map<Long, List<String>> packages) {
  /** Android gives each of its users this many UIDs: uid = user × 100,000 + app. */
  private static final long PER_USER = 100_000;

  /** Apps that run apart from their packages' UIDs, one number for each process. */
  private static final long FIRST_ISOLATED = 90_000;

  private static final int SHOWN = 3;

  PackagesFile {
    packages = Map.copyOf(packages);
  }

  static PackagesFile parse(Stream<String> lines) {
    return new PackagesFile(
        lines
            .flatMap(line -> entry(line).stream())
            .collect(groupingBy(Map.Entry::getValue, mapping(Map.Entry::getKey, toList()))));
  }

  private static Optional<Map.Entry<String, Long>> entry(String line) {
    String[] fields = line.split(" ", 3);
    return fields.length < 2 || fields[0].isEmpty()
        ? Optional.empty()
        : Uids.parse(fields[1]).map(uid -> Map.entry(fields[0], uid));
  }

  /** Such as {@code org.example.mail}, or {@code org.example.mail (user 10)}. */
  Optional<String> name(long uid) {
    if (packages.isEmpty()) {
      return Optional.empty();
    }
    long user = uid / PER_USER;
    long app = uid % PER_USER;
    Optional<String> name = nameOfApp(app);
    return user == 0 ? name : name.map(n -> n + " (user " + user + ")");
  }

  private Optional<String> nameOfApp(long app) {
    if (app >= FIRST_ISOLATED) {
      return Optional.of("isolated process " + (app - FIRST_ISOLATED));
    }
    return Optional.ofNullable(packages.get(app)).map(PackagesFile::join);
  }

  private static String join(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }
}
