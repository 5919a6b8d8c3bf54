package org.uidnet.stats;

import java.util.function.BiConsumer;

/** What an imported file becomes in history. */
interface ImportRows {
  /** How many numbers there are, in all tables. */
  int size();

  /** Gives buckets by number of the series or interface, each number once. */
  void forEach(Table table, BiConsumer<Integer, BucketSums> consumer);
}
