package org.uidnet.programs;

import java.util.Map;

/**
 * A keyed map of the programs. Each method is one or more calls, which throw {@link
 * DatapathException}.
 */
public interface TypedMap<K, V> {
  /** A copy of what is in it; entries that change meanwhile may be missing. */
  Map<K, V> entries();

  /** Makes or replaces. */
  void put(K key, V value);

  /** False if it was not there. */
  boolean remove(K key);
}
