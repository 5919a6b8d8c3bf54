package org.uidnet.api;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.stats.UsageFilter.UidRange;

/**
 * The parameter {@code uid}: a list of UIDs, ranges, {@code self} and {@code removed}.
 *
 * @param ranges empty without {@code removed}: everybody
 */
record UidSelection(List<UidRange> ranges, boolean removed) {
  private static final String NAME = "uid";
  private static final int MAX_ITEMS = 1000;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,10})(?:-(\\d{1,10}))?");

  static UidSelection of(Query query, Caller caller) {
    List<String> items = query.list(NAME);
    if (items.size() > MAX_ITEMS) {
      throw Refusal.badField(NAME, "More than " + MAX_ITEMS + " items in 'uid'; use ranges.");
    }
    List<UidRange> ranges = new ArrayList<>();
    for (String item : items) {
      if (!item.equals("removed")) {
        ranges.add(item.equals("self") ? self(caller) : range(item));
      }
    }
    return new UidSelection(List.copyOf(ranges), items.contains("removed"));
  }

  /** Whether nothing but this UID is asked for. */
  boolean isOnly(OptionalLong uid) {
    return uid.isPresent()
        && !removed
        && !ranges.isEmpty()
        && ranges.stream()
            .allMatch(range -> range.first() == uid.getAsLong() && range.last() == uid.getAsLong());
  }

  /** Whether it is one of the ranges, or everybody is asked for. */
  boolean selects(long uid) {
    return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(uid));
  }

  private static UidRange self(Caller caller) {
    long uid =
        caller
            .uid()
            .orElseThrow(
                () ->
                    Refusal.badField(
                        NAME, "'self' means nothing here: a token has no UID; write a number."));
    return new UidRange(uid, uid);
  }

  private static UidRange range(String item) {
    Matcher matcher = RANGE.matcher(item);
    if (!matcher.matches()) {
      throw unreadable(item);
    }
    try {
      long first = Long.parseLong(matcher.group(1));
      String last = matcher.group(2);
      return new UidRange(first, last == null ? first : Long.parseLong(last));
    } catch (IllegalArgumentException e) {
      throw unreadable(item);
    }
  }

  private static Refusal unreadable(String item) {
    return Refusal.badField(
        NAME,
        "'"
            + item
            + "' is no UID; write numbers from 0 to 4294967294, ranges as 1000-1999, self or"
            + " removed, parted by commas.");
  }
}
