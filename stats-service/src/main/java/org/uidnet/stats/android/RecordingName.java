package org.uidnet.stats.android;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording's name: {@code uid.1653670512567-1654966512567}.
 *
 * @param start when the file was begun, in milliseconds since 1970
 * @param end when it was finished; empty for the file that the phone was still writing to
 */
public record RecordingName(Recorder recorder, long start, OptionalLong end) {
  // 18 digits always fit into a long.
  private static final Pattern NAME = Pattern.compile("(\\w{1,10})\\.(\\d{1,18})-(\\d{0,18})");

  /** Empty if no recording has such a name; phones keep other files beside them. */
  public static Optional<RecordingName> parse(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? Recorder.of(matcher.group(1)).map(recorder -> of(recorder, matcher))
        : Optional.empty();
  }

  private static RecordingName of(Recorder recorder, Matcher matcher) {
    String end = matcher.group(3);
    return new RecordingName(
        recorder,
        Long.parseLong(matcher.group(2)),
        end.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(end)));
  }

  /** As the file is called. */
  @Override
  public String toString() {
    return recorder.prefix()
        + "."
        + start
        + "-"
        + (end.isPresent() ? Long.toString(end.getAsLong()) : "");
  }
}
