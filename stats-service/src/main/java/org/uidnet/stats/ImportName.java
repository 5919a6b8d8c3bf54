package org.uidnet.stats;

import java.util.OptionalLong;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.android.RecordingName;

/**
 * What an imported file is known by: another copy of the same file takes the place of the one
 * before.
 *
 * @param recorder {@code dev}, {@code xt}, {@code uid} or {@code uid_tag} of a phone, or {@code
 *     history} of another uidnet
 * @param source the host whose history it was; empty for phones
 * @param start when a phone's file was begun, or the first bucket of a history, in milliseconds
 *     since 1970
 * @param end when a phone's file was finished
 */
public record ImportName(String recorder, String source, long start, OptionalLong end) {
  private static final String HISTORY = "history";

  static ImportName of(RecordingName name) {
    return new ImportName(name.recorder().prefix(), "", name.start(), name.end());
  }

  static ImportName ofHistory(String source, long start) {
    return new ImportName(HISTORY, source, start, OptionalLong.empty());
  }

  boolean isSameFile(ImportName other) {
    return isSameSource(other) && start == other.start;
  }

  boolean isSameSource(ImportName other) {
    return recorder.equals(other.recorder) && source.equals(other.source);
  }

  boolean isHistory() {
    return recorder.equals(HISTORY);
  }

  boolean isOfTags() {
    return recorder.equals(Recorder.UID_TAG.prefix());
  }

  /** As a phone calls its file; of a history its host. */
  @Override
  public String toString() {
    return isHistory()
        ? source
        : recorder + "." + start + "-" + (end.isPresent() ? end.getAsLong() : "");
  }
}
