package org.uidnet.programs.layout;

import java.nio.ByteBuffer;

/** The rows of all UIDs: rule words written by the daemon, route words written by programs. */
public final class UidTable {
  private final ByteBuffer memory;
  private final int size;
  private final int rows;
  private final int rules;
  private final int custom;
  private final int set;
  private final int flags;
  private final int allowedIfindex;
  private final int quotas;
  private final int uid;
  private final int liveSlots;
  private final int accounting;
  private final int generation;

  public UidTable(ByteBuffer memory, StructLayout row) {
    this.memory = memory;
    size = row.size();
    rows = memory.capacity() / size;
    rules = row.offset("rules");
    custom = row.offset("custom");
    set = row.offset("set");
    flags = row.offset("flags");
    allowedIfindex = row.offset("allowed_ifindex");
    quotas = row.offset("quotas");
    uid = row.offset("uid");
    liveSlots = row.offset("live_slots");
    accounting = row.offset("accounting");
    generation = row.offset("generation");
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

  /** Bit n: on custom chain n. */
  public int custom(int row) {
    return Words.getInt(memory, row * size + custom);
  }

  public void setCustom(int row, int bits) {
    Words.setInt(memory, row * size + custom, bits);
  }

  /** Bits {@code UID_*}. */
  public int flags(int row) {
    return Words.getInt(memory, row * size + flags);
  }

  public void setFlags(int row, int bits) {
    Words.setInt(memory, row * size + flags, bits);
  }

  /** The interface of the UID's interface rule; 0: any. */
  public int allowedInterface(int row) {
    return Words.getInt(memory, row * size + allowedIfindex);
  }

  public void setAllowedInterface(int row, int ifindex) {
    Words.setInt(memory, row * size + allowedIfindex, ifindex);
  }

  /**
   * The number of a quota that the UID has; 0: none.
   *
   * @param n from 0 to {@code QUOTAS_PER_UID} - 1
   */
  public int quota(int row, int n) {
    return Words.getInt(memory, row * size + quotas + n * Integer.BYTES);
  }

  public void setQuota(int row, int n, int number) {
    Words.setInt(memory, row * size + quotas + n * Integer.BYTES, number);
  }

  public int counterSet(int row) {
    return Words.getInt(memory, row * size + set);
  }

  /** Takes effect at the UID's next packet. */
  public void setCounterSet(int row, int counterSet) {
    Words.setInt(memory, row * size + set, counterSet);
  }

  /** Bits {@code ACCOUNTS_*}. */
  public int accounting(int row) {
    return Words.getInt(memory, row * size + accounting);
  }

  public void setAccounting(int row, int bits) {
    Words.setInt(memory, row * size + accounting, bits);
  }

  /** How often the UID was removed: tags that charge an earlier holder of the number are void. */
  public int generation(int row) {
    return Words.getInt(memory, row * size + generation);
  }

  /** Of a new row, whose UID had another row in earlier maps. */
  public void setGeneration(int row, int removals) {
    Words.setInt(memory, row * size + generation, removals);
  }

  /** Voids every tag that charges the UID, from the next packet on. */
  public void nextGeneration(int row) {
    Words.addInt(memory, row * size + generation, 1);
  }

  /** Whose row it is. */
  public long uid(int row) {
    return row < Layouts.LOW_UIDS ? row : Words.getUnsigned(memory, row * size + uid);
  }

  /** Says whose a new row from {@code LOW_UIDS} on is. */
  public void setUid(int row, long owner) {
    Words.setInt(memory, row * size + uid, (int) owner);
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
