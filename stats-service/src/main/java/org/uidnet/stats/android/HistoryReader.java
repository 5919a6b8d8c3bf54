package org.uidnet.stats.android;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.uidnet.programs.Traffic;

/** Reads the buckets of the keys of one file, column by column. */
final class HistoryReader {
  private static final int NEWEST = 3;
  private static final long MAX_BUCKET = Duration.ofDays(366).toMillis();

  /** A phone's clock may be wrong, but each day between its buckets costs some time. */
  private static final long MAX_START = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  /** Hours of almost two years; a phone begins a new file after 15 days. */
  private static final int MAX_SLOTS = 1 << 14;

  /** Columns grow from here: memory follows what is there, not what is claimed. */
  private static final int FIRST_CAPACITY = 512;

  private final RecordingInput in;
  private final Budget budget;

  private final Set<Slot> slots = new HashSet<>();

  // In the order of the file; the version that brought them.
  private final Counter activeTime = new Counter("active time", 3);
  private final Counter rxBytes = new Counter("rx bytes", 1);
  private final Counter rxPackets = new Counter("rx packets", 2);
  private final Counter txBytes = new Counter("tx bytes", 1);
  private final Counter txPackets = new Counter("tx packets", 2);
  private final Counter operations = new Counter("operations", 2);

  HistoryReader(RecordingInput in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  /** The buckets of one key. */
  record History(long bucketMillis, List<RecordedBucket> buckets) {}

  /** A time that some bucket of the file tells of. */
  private record Slot(long start, long millis) {}

  @FunctionalInterface
  private interface Values {
    long next() throws IOException;
  }

  History read() throws IOException {
    long start = in.offset();
    int version = in.i32("version of a history");
    in.require(version >= 1 && version <= NEWEST, start, "history version 1 to " + NEWEST, version);
    long millis = readBucketMillis();
    return new History(millis, readBuckets(version, millis));
  }

  private long readBucketMillis() throws IOException {
    long start = in.offset();
    long millis = in.i64("bucket length");
    in.require(
        millis > 0 && millis <= MAX_BUCKET, start, "a bucket length of up to a year", millis);
    return millis;
  }

  private List<RecordedBucket> readBuckets(int version, long millis) throws IOException {
    long[] starts = readStarts(version, millis);
    activeTime.read(version, starts.length);
    long[] rxByte = rxBytes.read(version, starts.length);
    long[] rxPacket = rxPackets.read(version, starts.length);
    long[] txByte = txBytes.read(version, starts.length);
    long[] txPacket = txPackets.read(version, starts.length);
    long[] operation = operations.read(version, starts.length);
    List<RecordedBucket> buckets = new ArrayList<>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      Traffic traffic = new Traffic(rxByte[i], rxPacket[i], txByte[i], txPacket[i]);
      buckets.add(new RecordedBucket(starts[i], traffic, operation[i]));
    }
    return buckets;
  }

  private long[] readStarts(int version, long millis) throws IOException {
    int size = Math.max(0, readSize(version, "bucket starts"));
    long[] last = {-1};
    return readColumn(
        size,
        () -> {
          long offset = in.offset();
          last[0] = readStart(version, last[0], offset);
          budget.take(Budget.PER_BUCKET, in);
          requireRoom(new Slot(last[0], millis), offset);
          return last[0];
        });
  }

  private void requireRoom(Slot slot, long offset) {
    if (slots.add(slot) && slots.size() > MAX_SLOTS) {
      throw in.fault(offset, "at most " + MAX_SLOTS + " different buckets in a file", "more");
    }
  }

  private long readStart(int version, long previous, long offset) throws IOException {
    long start = readValue(version, "a bucket start");
    if (start <= previous || start > MAX_START) {
      throw in.fault(
          offset,
          "a bucket start after " + previous + " and before the year 2100",
          Long.toString(start));
    }
    return start;
  }

  /** A column, and what it adds up to over all keys of the file. */
  private final class Counter {
    private final String label;
    private final int since;
    private long total;

    Counter(String label, int since) {
      this.label = label;
      this.since = since;
    }

    /** Zeros where the file has no such column. */
    long[] read(int version, int size) throws IOException {
      if (version < since) {
        return new long[size];
      }
      long start = in.offset();
      int found = readSize(version, label);
      if (found == -1) {
        return new long[size];
      }
      in.require(found == size, start, label + " of " + size + " buckets", found);
      return readColumn(size, () -> readCount(version));
    }

    private long readCount(int version) throws IOException {
      long start = in.offset();
      long value = readValue(version, label);
      if (value < 0 || value > Recording.MAX_TOTAL - total) {
        throw in.fault(
            start,
            label + " of 0 or more, and at most " + Recording.MAX_TOTAL + " in all",
            Long.toString(value));
      }
      total += value;
      return value;
    }
  }

  /** -1: there is no such column. */
  private int readSize(int version, String what) throws IOException {
    long start = in.offset();
    int size = in.i32("number of " + what);
    int least = version == 1 ? 0 : -1;
    in.require(size >= least, start, "number of " + what + ", " + least + " or more", size);
    return size;
  }

  private long readValue(int version, String what) throws IOException {
    return version == 1 ? in.i64(what) : in.varint(what);
  }

  private static long[] readColumn(int size, Values values) throws IOException {
    long[] column = new long[Math.min(size, FIRST_CAPACITY)];
    for (int i = 0; i < size; i++) {
      if (i == column.length) {
        column = Arrays.copyOf(column, (int) Math.min(size, 2L * column.length));
      }
      column[i] = values.next();
    }
    return column;
  }
}
