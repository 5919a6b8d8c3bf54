package org.uidnet.simulator.scenario;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The names that a key stands for: itself, or with {@code student{1-250}} many.
 *
 * @param key as written
 */
record Names(String key, String before, String after, int first, int last) {
  static final Names NONE = new Names("", "", "", 0, -1);

  /** Of a range, and of all users: they are kept in memory. */
  static final int MOST = 1_000_000;

  /** In other names: the number of this one. */
  private static final String NUMBER = "{}";

  private static final Pattern RANGE =
      Pattern.compile("([^{}]*)\\{(\\d{1,7})-(\\d{1,7})\\}([^{}]*)");

  static final Value<Names> VALUE =
      new Value<>("a name such as alice, or many such as student{1-250}", Names::parse);

  private static Optional<Names> parse(String key) {
    Matcher matcher = RANGE.matcher(key);
    if (!matcher.matches()) {
      return key.isBlank() || key.contains("{") || key.contains("}")
          ? Optional.empty()
          : Optional.of(new Names(key, key, "", 0, 0));
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = Integer.parseInt(matcher.group(3));
    return first <= last && last - first < MOST
        ? Optional.of(new Names(key, matcher.group(1), matcher.group(4), first, last))
        : Optional.empty();
  }

  boolean isRange() {
    return key.contains("{");
  }

  int count() {
    return last - first + 1;
  }

  String get(int index) {
    return isRange() ? before + (first + index) + after : key;
  }

  List<String> all() {
    return IntStream.range(0, count()).mapToObj(this::get).toList();
  }

  /** A reference to another range, such as {@code box{}}, as it is for one of these. */
  String resolve(String reference, int index) {
    return isRange() ? reference.replace(NUMBER, Integer.toString(first + index)) : reference;
  }
}
