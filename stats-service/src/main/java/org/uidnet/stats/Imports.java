package org.uidnet.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All recordings in the store. Immutable. */
record Imports(List<Import> all) {
  static final Imports NONE = new Imports(List.of());

  Imports {
    all = List.copyOf(all);
  }

  /** What was imported of a file, whether it was finished then or not. */
  Optional<Import> of(ImportName name) {
    return all.stream().filter(each -> each.file().name().isSameFile(name)).findFirst();
  }

  /** Another file of the same host that tells of the same time. */
  Optional<Import> overlapping(Import other) {
    return all.stream()
        .filter(each -> each.file().name().isSameSource(other.file().name()))
        .filter(each -> !each.file().name().isSameFile(other.file().name()))
        .filter(each -> each.overlaps(other.first(), other.end()))
        .findFirst();
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
    return new Imports(all.stream().filter(each -> !each.file().name().isOfTags()).toList());
  }

  int nextId() {
    return 1 + all.stream().mapToInt(Import::id).max().orElse(0);
  }

  /** As {@code this} with one more, in the place of what was imported of the same file. */
  Imports with(Import other) {
    List<Import> next = new ArrayList<>(all);
    next.removeIf(each -> each.file().name().isSameFile(other.file().name()));
    next.add(other);
    next.sort(Comparator.comparingInt(Import::id));
    return new Imports(next);
  }
}
