package org.uidnet.api;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.uidnet.api.model.UidList;

/**
 * Checks the fields of request bodies, so that what is wrong is named before anything is changed.
 */
final class Fields {
  private static final int MAX_TEXT = 128;

  private Fields() {}

  static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(() -> Refusal.badField(field, "Field '" + field + "' is missing."));
  }

  /** A text that may be shown in a message. */
  static String text(String field, Optional<String> value) {
    String text = required(field, value);
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw Refusal.badField(field, "'" + field + "' has 1 to " + MAX_TEXT + " characters.");
    }
    return text;
  }

  static SortedSet<Long> uids(UidList list) {
    return uids("uids", list.uids());
  }

  static SortedSet<Long> uids(String field, Optional<List<Long>> list) {
    List<Long> uids = required(field, list);
    uids.forEach(uid -> UidParameter.check(field, uid));
    requireDistinct(field, uids);
    return new TreeSet<>(uids);
  }

  /** One that is given twice is a mistake of who wrote the list; which of two rules holds? */
  static void requireDistinct(String field, Collection<?> items) {
    Set<Object> seen = new HashSet<>();
    for (Object item : items) {
      if (!seen.add(item)) {
        throw Refusal.badField(field, item + " is in '" + field + "' twice; give each once.");
      }
    }
  }
}
