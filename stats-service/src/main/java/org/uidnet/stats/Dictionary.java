package org.uidnet.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Values that rows name by number. New ones wait in a list until the transaction that first needs
 * them has stored them. Thread-safe: the writer adds, queries look up; a value is here before any
 * row that names it can be seen.
 */
final class Dictionary<T> {
  private final List<T> values = new ArrayList<>();
  private final Map<T, Integer> ids = new HashMap<>();
  private int stored;

  /** The number of the value, a new one if it has none. */
  synchronized int idOf(T value) {
    Integer known = ids.get(value);
    return known == null ? add(value) : known;
  }

  synchronized T get(int id) {
    return values.get(id);
  }

  synchronized int size() {
    return values.size();
  }

  synchronized List<T> all() {
    return List.copyOf(values);
  }

  /** Shows each value that is not stored yet. */
  synchronized void forEachNew(BiConsumer<Integer, T> action) {
    for (int id = stored; id < values.size(); id++) {
      action.accept(id, values.get(id));
    }
  }

  /** All values are in the store now. */
  synchronized void markStored() {
    stored = values.size();
  }

  /** Takes a value from the store; ids come in order and without gaps. */
  synchronized void load(int id, T value) {
    if (id != values.size()) {
      throw new HistoryException("id " + id + " follows " + (values.size() - 1) + " in history");
    }
    add(value);
    stored = values.size();
  }

  private int add(T value) {
    values.add(value);
    ids.put(value, values.size() - 1);
    return values.size() - 1;
  }
}
