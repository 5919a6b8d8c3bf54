package org.uidnet.stats;

import java.io.ByteArrayOutputStream;

/**
 * Buckets of one series in few bytes, packed as they come: some ten bytes each. Unlike {@link
 * BucketSums} it neither sorts them nor adds any up.
 *
 * <pre>
 *  start, less the one before | length | values | start ...
 * </pre>
 */
final class PackedBuckets {
  private final int width;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long last;
  private int size;

  /**
   * @param values of each bucket
   */
  PackedBuckets(int values) {
    width = 2 + values;
  }

  /** Takes a bucket; the values are overwritten by the next one. */
  @FunctionalInterface
  interface Consumer {
    void bucket(long start, long length, long[] values);
  }

  void add(long start, long length, long[] values) {
    long[] numbers = new long[width];
    numbers[0] = start - last;
    numbers[1] = length;
    System.arraycopy(values, 0, numbers, 2, values.length);
    bytes.writeBytes(Packed.pack(numbers));
    last = start;
    size++;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void forEach(Consumer consumer) {
    unpack(bytes(), size, width - 2, consumer);
  }

  static void unpack(byte[] packed, int size, int values, Consumer consumer) {
    int width = 2 + values;
    long[] numbers = Packed.unpack(packed, size * width);
    long[] bucket = new long[values];
    long start = 0;
    for (int at = 0; at < numbers.length; at += width) {
      start += numbers[at];
      System.arraycopy(numbers, at + 2, bucket, 0, values);
      consumer.bucket(start, numbers[at + 1], bucket);
    }
  }
}
