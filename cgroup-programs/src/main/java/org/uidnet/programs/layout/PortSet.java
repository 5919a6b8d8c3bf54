package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Ports, as a bit each in memory that programs read: 64 to a word. */
public final class PortSet {
  private static final int WORDS = 1024;

  private final ByteBuffer memory;

  public PortSet(ByteBuffer memory) {
    this.memory = memory;
  }

  /** A copy. */
  public BitSet ports() {
    long[] words = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = Words.getLong(memory, i * Long.BYTES);
    }
    return BitSet.valueOf(words);
  }

  /** Writes only words that differ, each by one store. */
  public void set(BitSet ports) {
    long[] wanted = java.util.Arrays.copyOf(ports.toLongArray(), WORDS);
    for (int i = 0; i < WORDS; i++) {
      if (Words.getLong(memory, i * Long.BYTES) != wanted[i]) {
        Words.setLong(memory, i * Long.BYTES, wanted[i]);
      }
    }
  }
}
