package org.uidnet.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.api.UsageParameters.Range;

/**
 * Which part of a list is wanted: {@code limit} and {@code cursor}.
 *
 * <p>A cursor carries the range in time of the first page, so that {@code now} and {@code -7d} mean
 * the same on every page. Rows of a range that is still being counted may move between pages.
 */
record Page(int offset, int limit, Optional<Range> range) {
  private static final int DEFAULT_LIMIT = 10_000;
  private static final int MAX_LIMIT = 100_000;
  private static final Pattern LIMIT = Pattern.compile("\\d{1,6}");
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,9}):(\\d{1,15}):(\\d{1,15})");

  static Page of(Query query) {
    int limit = query.one("limit").map(Page::limit).orElse(DEFAULT_LIMIT);
    return query
        .one("cursor")
        .map(cursor -> next(cursor, limit))
        .orElse(new Page(0, limit, Optional.empty()));
  }

  <T> List<T> of(List<T> rows) {
    int start = Math.min(offset, rows.size());
    return rows.subList(start, Math.min(start + limit, rows.size()));
  }

  /** The cursor of the page after this one, if there is one. */
  Optional<String> next(List<?> rows, Range range) {
    int end = offset + limit;
    return end < rows.size() ? Optional.of(cursor(end, range)) : Optional.empty();
  }

  private static String cursor(int offset, Range range) {
    String text = offset + ":" + range.from().toEpochMilli() + ":" + range.to().toEpochMilli();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Page next(String cursor, int limit) {
    Matcher matcher = CURSOR.matcher(decode(cursor));
    if (!matcher.matches()) {
      throw badCursor();
    }
    var range = new Range(millis(matcher.group(2)), millis(matcher.group(3)));
    return new Page(Integer.parseInt(matcher.group(1)), limit, Optional.of(range));
  }

  private static Instant millis(String digits) {
    return Instant.ofEpochMilli(Long.parseLong(digits));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  private static int limit(String text) {
    int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusal.badField("limit", "'limit' is a number from 1 to " + MAX_LIMIT + ".");
    }
    return limit;
  }

  private static Refusal badCursor() {
    return Refusal.badField("cursor", "Not a cursor of ours; take 'nextCursor' of the last page.");
  }
}
