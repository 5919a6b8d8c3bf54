package org.uidnet.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which UID was called what since when. Thread-safe. */
final class NameBook {
  private static final int MAX_NAME = 1000;

  /** One line of it. */
  record Entry(long uid, long since, String name) {}

  private final Map<Long, NavigableMap<Long, String>> names = new HashMap<>();
  private final List<Entry> unstored = new ArrayList<>();

  /** Notes a name if it is another one than before. */
  synchronized void note(long uid, long now, String name) {
    String known = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    NavigableMap<Long, String> history = names.computeIfAbsent(uid, key -> new TreeMap<>());
    if (history.isEmpty() || !history.lastEntry().getValue().equals(known)) {
      // The clock may have gone back; the newest name stays the newest.
      long since = history.isEmpty() ? now : Math.max(now, history.lastKey() + 1);
      history.put(since, known);
      unstored.add(new Entry(uid, since, known));
    }
  }

  synchronized void load(Entry entry) {
    names.computeIfAbsent(entry.uid(), key -> new TreeMap<>()).put(entry.since(), entry.name());
  }

  /** The last name before the instant, or else the first that was ever known. */
  synchronized Optional<String> at(long uid, long millis) {
    NavigableMap<Long, String> history = names.get(uid);
    if (history == null) {
      return Optional.empty();
    }
    Map.Entry<Long, String> then = history.floorEntry(millis);
    return Optional.of((then == null ? history.firstEntry() : then).getValue());
  }

  synchronized void forget(long uid) {
    names.remove(uid);
  }

  synchronized List<Entry> unstored() {
    return List.copyOf(unstored);
  }

  synchronized void markStored() {
    unstored.clear();
  }
}
