package org.uidnet.stats;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Buckets of any length, to be kept in few bytes:
 *
 * <pre>
 *  sum of each value | starts, each less the one before | lengths likewise | first values | second...
 * </pre>
 *
 * Most questions need the sums only, and neighbours in a column are alike.
 */
final class BucketSums {
  private final TreeMap<Slot, long[]> buckets =
      new TreeMap<>(Comparator.comparingLong(Slot::start).thenComparingLong(Slot::length));

  private record Slot(long start, long length) {}

  /** Takes a bucket; times are milliseconds, and the values are overwritten by the next one. */
  @FunctionalInterface
  interface Consumer {
    void bucket(long start, long length, long[] values);
  }

  void add(long start, long length, long[] values) {
    Values.add(
        buckets.computeIfAbsent(new Slot(start, length), key -> new long[values.length]), values);
  }

  int size() {
    return buckets.size();
  }

  /** When the first bucket begins. */
  long first() {
    return buckets.firstKey().start();
  }

  /** When all buckets have ended. */
  long end() {
    return buckets.keySet().stream()
        .mapToLong(slot -> slot.start() + slot.length())
        .max()
        .orElse(0);
  }

  byte[] pack() {
    int size = buckets.size();
    int width = buckets.firstEntry().getValue().length;
    long[] numbers = new long[width + size * (2 + width)];
    Slot last = new Slot(0, 0);
    int at = width;
    for (Map.Entry<Slot, long[]> bucket : buckets.entrySet()) {
      numbers[at] = bucket.getKey().start() - last.start();
      numbers[at + size] = bucket.getKey().length() - last.length();
      put(bucket.getValue(), numbers, at + 2 * size, size);
      last = bucket.getKey();
      at++;
    }
    return Packed.pack(numbers);
  }

  private static void put(long[] values, long[] numbers, int first, int step) {
    for (int column = 0; column < values.length; column++) {
      numbers[column] += values[column];
      numbers[first + column * step] = values[column];
    }
  }

  /** All buckets together. */
  static long[] total(byte[] packed, int width) {
    return Packed.unpack(packed, width);
  }

  static void unpack(byte[] packed, int size, int width, Consumer consumer) {
    long[] numbers = Packed.unpack(packed, width + size * (2 + width));
    long[] values = new long[width];
    long start = 0;
    long length = 0;
    for (int at = width; at < width + size; at++) {
      start += numbers[at];
      length += numbers[at + size];
      for (int column = 0; column < width; column++) {
        values[column] = numbers[at + (2 + column) * size];
      }
      consumer.bucket(start, length, values);
    }
  }
}
