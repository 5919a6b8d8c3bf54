package org.uidnet.stats.android;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the recordings of phones are that were shared for tests: in {@code UIDNET_RECORDINGS}, or
 * in {@code shared/data/android-netstats} beside a parent of this repository.
 */
public final class PhoneRecordings {
  private static final String PLACE = "shared/data/android-netstats";
  private static final Pattern LINE = Pattern.compile("\"([\\w-]+)\": (\\{|\\d+)");

  private PhoneRecordings() {}

  /** Ends the test as skipped where there are none. */
  public static Path folder() {
    Optional<Path> folder = find();
    assumeTrue(
        folder.isPresent(),
        "needs recordings of phones, in " + PLACE + " or where UIDNET_RECORDINGS says");
    return folder.orElseThrow();
  }

  private static Optional<Path> find() {
    Optional<Path> told = Optional.ofNullable(System.getenv("UIDNET_RECORDINGS")).map(Path::of);
    return told.or(
        () ->
            Stream.iterate(Path.of("").toAbsolutePath(), parent -> parent != null, Path::getParent)
                .map(parent -> parent.resolve(PLACE))
                .filter(Files::isDirectory)
                .findFirst());
  }

  public static List<Path> archives(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  /** Sums by archive, recorder and column. */
  public static Map<String, Map<String, Map<String, Long>>> expectedTotals(Path folder)
      throws IOException {
    Map<String, Map<String, Map<String, Long>>> totals = new TreeMap<>();
    String archive = "";
    String recorder = "";
    for (String line : Files.readAllLines(folder.resolve("expected-totals.json"))) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.find()) {
        continue;
      }
      if (!matcher.group(2).equals("{")) {
        totals.get(archive).get(recorder).put(matcher.group(1), Long.valueOf(matcher.group(2)));
      } else if (line.startsWith("  ")) {
        recorder = matcher.group(1);
        totals.get(archive).put(recorder, new TreeMap<>());
      } else {
        archive = matcher.group(1);
        totals.put(archive, new TreeMap<>());
      }
    }
    return totals;
  }
}
