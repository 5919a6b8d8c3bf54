package org.uidnet.stats.android;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a recording tells apart. */
public enum Recorder {
  /** Interfaces as a whole, as they were recorded before {@link #XT}; the same traffic again. */
  DEV,
  /** Interfaces as a whole. */
  XT,
  /** UIDs, their tagged traffic included. */
  UID,
  /** The tagged part of {@link #UID}, by tag. */
  UID_TAG;

  /** As it begins names of files: {@code uid_tag}. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Recorder> of(String prefix) {
    return Arrays.stream(values()).filter(each -> each.prefix().equals(prefix)).findFirst();
  }

  boolean isOfInterfaces() {
    return this == DEV || this == XT;
  }
}
