package org.uidnet.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.android.RecordingName;

/** All recordings in the store. Immutable. */
record Imports(List<Import> all) {
  static final Imports NONE = new Imports(List.of());

  Imports {
    all = List.copyOf(all);
  }

  /** What was imported of a file, whether it was finished then or not. */
  Optional<Import> of(RecordingName name) {
    return all.stream().filter(each -> isSameFile(each.file().name(), name)).findFirst();
  }

  private static boolean isSameFile(RecordingName a, RecordingName b) {
    return a.recorder() == b.recorder() && a.start() == b.start();
  }

  /** When the first bucket of all begins. */
  long first() {
    return all.stream().mapToLong(Import::first).min().orElse(Long.MAX_VALUE);
  }

  /** When all buckets have ended. */
  long end() {
    return all.stream().mapToLong(Import::end).max().orElse(0);
  }

  /** As {@code this} without those that tell of tags. */
  Imports withoutTags() {
    return new Imports(
        all.stream().filter(each -> each.file().name().recorder() != Recorder.UID_TAG).toList());
  }

  int nextId() {
    return 1 + all.stream().mapToInt(Import::id).max().orElse(0);
  }

  /** As {@code this} with one more, in the place of what was imported of the same file. */
  Imports with(Import other) {
    List<Import> next = new ArrayList<>(all);
    next.removeIf(each -> isSameFile(each.file().name(), other.file().name()));
    next.add(other);
    next.sort(Comparator.comparingInt(Import::id));
    return new Imports(next);
  }
}
