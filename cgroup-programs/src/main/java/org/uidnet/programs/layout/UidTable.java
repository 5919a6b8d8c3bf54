package org.uidnet.programs.layout;

import java.nio.ByteBuffer;

/** The rows of all UIDs: rule words written by the daemon, route words written by programs. */
public final class UidTable {
  private final ByteBuffer memory;
  private final int size;
  private final int rows;
  private final int rules;
  private final int set;
  private final int uid;
  private final int liveSlots;

  public UidTable(ByteBuffer memory, StructLayout row) {
    this.memory = memory;
    size = row.size();
    rows = memory.capacity() / size;
    rules = row.offset("rules");
    set = row.offset("set");
    uid = row.offset("uid");
    liveSlots = row.offset("live_slots");
  }

  /** Number of rows; the first 65,536 belong to the UIDs of the same number. */
  public int rows() {
    return rows;
  }

  /** Chain bits. */
  public int rules(int row) {
    return Words.getInt(memory, row * size + rules);
  }

  public void setRules(int row, int bits) {
    Words.setInt(memory, row * size + rules, bits);
  }

  public int counterSet(int row) {
    return Words.getInt(memory, row * size + set);
  }

  /** Takes effect at the UID's next packet. */
  public void setCounterSet(int row, int counterSet) {
    Words.setInt(memory, row * size + set, counterSet);
  }

  /** Whose row it is. */
  public long uid(int row) {
    return row < Layouts.LOW_UIDS ? row : Words.getUnsigned(memory, row * size + uid);
  }

  /** How many slots the UID holds. */
  public int liveSlots(int row) {
    return Words.getInt(memory, row * size + liveSlots);
  }

  /** Gives one of the UID's slots back to its allowance. */
  public void releaseSlot(int row) {
    Words.addInt(memory, row * size + liveSlots, -1);
  }
}
