package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the processes of all UIDs are, as far as it was told in this boot. A value. */
record ProcessBook(SortedMap<Long, Processes> byUid) {
  static final ProcessBook EMPTY = new ProcessBook(new TreeMap<>());

  ProcessBook {
    byUid = Collections.unmodifiableSortedMap(new TreeMap<>(byUid));
  }

  /**
   * What became of reports.
   *
   * @param stale UIDs whose reports came too late, and changed nothing
   * @param mattered UIDs whose rules may depend on the difference
   */
  record Told(ProcessBook book, List<Long> stale, List<Long> mattered) {}

  Optional<Processes> find(long uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  Told tell(Map<Long, ProcessReport> reports, BackgroundDelay delay, Moment now) {
    SortedMap<Long, Processes> all = new TreeMap<>(byUid);
    List<Long> stale = new ArrayList<>();
    List<Long> mattered = new ArrayList<>();
    reports.forEach(
        (uid, report) -> {
          Optional<Processes> before = find(uid);
          if (before.filter(process -> report.isStaleAfter(process.report())).isPresent()) {
            stale.add(uid);
            return;
          }
          if (report.mattersAfter(before.map(Processes::report))) {
            mattered.add(uid);
          }
          all.put(uid, Processes.after(before, report, delay, now));
        });
    return new Told(new ProcessBook(all), stale, mattered);
  }

  /** Without processes of another boot, and with delays that are over ended. */
  ProcessBook at(Moment now) {
    if (byUid.values().stream().allMatch(process -> process.holdsAt(now))) {
      return this;
    }
    SortedMap<Long, Processes> then = new TreeMap<>(byUid);
    then.values().removeIf(process -> !process.isOfBoot(now));
    then.replaceAll((uid, process) -> process.at(now));
    return new ProcessBook(then);
  }

  Stream<Expiry> expiries() {
    return byUid.values().stream().flatMap(process -> process.grace().stream());
  }

  ProcessBook without(long uid) {
    SortedMap<Long, Processes> rest = new TreeMap<>(byUid);
    return rest.remove(uid) == null ? this : new ProcessBook(rest);
  }

  /**
   * Numbers of {@linkplain ProcessBlock blocks} that have anything the other has not, or lack it.
   */
  SortedSet<Long> blocksNotAsIn(ProcessBook other) {
    SortedSet<Long> blocks = new TreeSet<>();
    byUid.forEach(
        (uid, process) -> {
          if (!process.equals(other.byUid.get(uid))) {
            blocks.add(ProcessBlock.of(uid));
          }
        });
    for (long uid : other.byUid.keySet()) {
      if (!byUid.containsKey(uid)) {
        blocks.add(ProcessBlock.of(uid));
      }
    }
    return blocks;
  }

  SortedMap<Long, Processes> block(long number) {
    return byUid.subMap(number * ProcessBlock.UIDS, (number + 1) * ProcessBlock.UIDS);
  }

  /** UIDs that are in the foreground and were not before, or were and are not: whether they are. */
  Map<Long, Boolean> foregroundSince(ProcessBook before) {
    Set<Long> now = foreground();
    Set<Long> then = before.foreground();
    Map<Long, Boolean> changes = new TreeMap<>();
    now.stream().filter(uid -> !then.contains(uid)).forEach(uid -> changes.put(uid, true));
    then.stream().filter(uid -> !now.contains(uid)).forEach(uid -> changes.put(uid, false));
    return changes;
  }

  /** UIDs. */
  Set<Long> foreground() {
    return byUid.entrySet().stream()
        .filter(each -> each.getValue().report().isForeground())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** What it has that the other has not, a UID a line, for people to read. */
  String only(ProcessBook other) {
    List<String> lines = new ArrayList<>();
    byUid.forEach(
        (uid, process) -> {
          if (!other.find(uid).map(Processes::text).equals(Optional.of(process.text()))) {
            lines.add(uid + " " + process.text());
          }
        });
    return String.join("\n", lines);
  }
}
