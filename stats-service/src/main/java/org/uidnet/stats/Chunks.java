package org.uidnet.stats;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Rows of numbers in chunks of 256 rows. Never changes: an {@link Editor} copies the chunks that it
 * touches, so that what was published stays as it was while the next is prepared.
 */
final class Chunks {
  static final int ROWS = 256;
  private static final long[] NONE = {};

  private final int width;
  private final long[][] chunks;

  private Chunks(int width, long[][] chunks) {
    this.width = width;
    this.chunks = chunks;
  }

  static Chunks empty(int width) {
    return new Chunks(width, new long[0][]);
  }

  long get(int row, int column) {
    int chunk = row / ROWS;
    if (chunk >= chunks.length || chunks[chunk].length == 0) {
      return 0;
    }
    return chunks[chunk][row % ROWS * width + column];
  }

  /** One more than the highest row that may differ from zero. */
  int rows() {
    return chunks.length * ROWS;
  }

  boolean isZero(int row) {
    for (int column = 0; column < width; column++) {
      if (get(row, column) != 0) {
        return false;
      }
    }
    return true;
  }

  long[] row(int row) {
    long[] values = new long[width];
    for (int column = 0; column < width; column++) {
      values[column] = get(row, column);
    }
    return values;
  }

  byte[] pack(int chunk) {
    return Packed.pack(chunk < chunks.length ? chunks[chunk] : NONE);
  }

  Editor edit() {
    return new Editor();
  }

  final class Editor {
    private long[][] edited = chunks.clone();
    private final BitSet changed = new BitSet();

    void set(int row, int column, long value) {
      own(row / ROWS)[row % ROWS * width + column] = value;
    }

    void add(int row, long[] values) {
      long[] chunk = own(row / ROWS);
      for (int column = 0; column < width; column++) {
        chunk[row % ROWS * width + column] += values[column];
      }
    }

    void clear(int row) {
      for (int column = 0; column < width; column++) {
        set(row, column, 0);
      }
    }

    void load(int chunk, byte[] packed) {
      own(chunk);
      edited[chunk] = packed.length == 0 ? NONE : Packed.unpack(packed, ROWS * width);
    }

    /** Numbers of the chunks that were touched. */
    BitSet changed() {
      return changed;
    }

    Chunks done() {
      return new Chunks(width, edited);
    }

    private long[] own(int chunk) {
      if (chunk >= edited.length) {
        grow(chunk + 1);
      }
      if (!changed.get(chunk)) {
        changed.set(chunk);
        edited[chunk] = Arrays.copyOf(edited[chunk], ROWS * width);
      }
      return edited[chunk];
    }

    private void grow(int length) {
      int old = edited.length;
      edited = Arrays.copyOf(edited, length);
      Arrays.fill(edited, old, length, NONE);
    }
  }
}
