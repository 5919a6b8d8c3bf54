package org.uidnet.stats;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Bucket;

/**
 * Buckets that another host exported, packed as they come: some ten bytes each, for a year of hours
 * of many UIDs is half a million. What they say of UIDs' names is not taken over: the same number
 * may be somebody else here.
 */
final class ExportedHistory {
  private static final int MAX_KEYS = 20_000;
  private static final int MAX_BUCKETS = 4_000_000;

  /** 9 PB, as in recordings of phones: sums never overflow. */
  private static final long MAX_TOTAL = 1L << 53;

  private static final long LAST_MILLIS = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  private final String source;
  private final Map<Key, PackedBuckets> series = new HashMap<>();
  private final MessageDigest digest = sha256();
  private long first = Long.MAX_VALUE;
  private long end;
  private int buckets;
  private Traffic total = Traffic.NONE;

  private ExportedHistory(String source) {
    this.source = source;
  }

  /** What is told apart. */
  private record Key(Kind kind, long uid, long tag, CounterSet set, Interface iface) {
    static Key of(String source, UsageKey key) {
      return new Key(
          key.kind(),
          key.uid().orElse(0L),
          key.tag().orElse(0L),
          key.set().orElse(CounterSet.DEFAULT),
          Interface.ofImport(source, key));
    }
  }

  /**
   * Reads all of them.
   *
   * @param progress is told after each how many were read
   * @throws IllegalArgumentException if there are none, too many, or some that no export gives
   */
  static ExportedHistory of(String source, Iterable<Bucket> buckets, LongConsumer progress) {
    ExportedHistory history = new ExportedHistory(source);
    for (Bucket bucket : buckets) {
      history.add(bucket);
      progress.accept(history.buckets);
    }
    if (history.buckets == 0) {
      throw new IllegalArgumentException("there is nothing in it");
    }
    return history;
  }

  private void add(Bucket bucket) {
    long start = bucket.start().toEpochMilli();
    long length = bucket.end().toEpochMilli() - start;
    Traffic traffic = bucket.row().traffic();
    require(0 <= start && length > 0 && start + length <= LAST_MILLIS, "time", bucket);
    require(!Values.anyNegative(traffic) && bucket.row().operations() >= 0, "figures", bucket);
    Key key = Key.of(source, bucket.row().key());
    total = key.tag() == 0 ? total.plus(traffic) : total;
    require(isBounded(traffic) && isBounded(total), "figures", bucket);
    long[] values = Values.usage(traffic, bucket.row().operations());
    series.computeIfAbsent(key, each -> new PackedBuckets(Values.USAGE)).add(start, length, values);
    buckets++;
    requireRoom();
    digest(key, start, length, values);
    first = Math.min(first, start);
    end = Math.max(end, start + length);
  }

  private static void require(boolean good, String what, Bucket bucket) {
    if (!good) {
      throw new IllegalArgumentException(
          "no export has such %s as in the bucket of %s".formatted(what, bucket.start()));
    }
  }

  private static boolean isBounded(Traffic traffic) {
    return traffic.rxBytes() <= MAX_TOTAL
        && traffic.rxPackets() <= MAX_TOTAL
        && traffic.txBytes() <= MAX_TOTAL
        && traffic.txPackets() <= MAX_TOTAL;
  }

  private void requireRoom() {
    if (series.size() > MAX_KEYS || buckets > MAX_BUCKETS) {
      throw new IllegalArgumentException(
          "more than %d rows, or %d combinations of UID, interface and so on: export and import less time at once"
              .formatted(MAX_BUCKETS, MAX_KEYS));
    }
  }

  private void digest(Key key, long start, long length, long[] values) {
    digest.update(key.toString().getBytes(StandardCharsets.UTF_8));
    ByteBuffer numbers =
        ByteBuffer.allocate((2 + values.length) * Long.BYTES).putLong(start).putLong(length);
    for (long value : values) {
      numbers.putLong(value);
    }
    digest.update(numbers.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** SHA-256 of what it tells, whatever the format; once. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  long first() {
    return first;
  }

  /** When all its buckets have ended. */
  long end() {
    return end;
  }

  int keys() {
    return series.size();
  }

  int buckets() {
    return buckets;
  }

  /** Each byte once: untagged rows are totals. */
  Traffic total() {
    return total;
  }

  /** Names what it tells of; the books wait for the commit themselves. */
  ImportRows rows(Books books) {
    Map<Integer, PackedBuckets> byId = new HashMap<>();
    series.forEach((key, packed) -> byId.put(id(books, key), packed));
    return new ExportedRows(byId);
  }

  /** All of them are usage; unpacked one series at a time. */
  private record ExportedRows(Map<Integer, PackedBuckets> series) implements ImportRows {
    @Override
    public int size() {
      return series.size();
    }

    @Override
    public void forEach(Table table, BiConsumer<Integer, BucketSums> consumer) {
      if (table == Table.USAGE) {
        series.forEach((id, packed) -> consumer.accept(id, sums(packed)));
      }
    }

    private static BucketSums sums(PackedBuckets packed) {
      BucketSums sums = new BucketSums();
      packed.forEach(sums::add);
      return sums;
    }
  }

  private static int id(Books books, Key key) {
    int iface = books.interfaces().idOf(key.iface());
    return books.series().idOf(new Series(key.kind(), key.uid(), key.tag(), key.set(), iface));
  }
}
