package org.uidnet.programs.layout;

import java.nio.ByteBuffer;

/**
 * The quotas by number, 0 being none: limits written by the daemon, use by programs. Safe for any
 * thread.
 */
public final class QuotaTable {
  private static final StructLayout QUOTA = Layouts.QUOTA;
  private static final int USED = QUOTA.offset("used");
  private static final int LIMIT = QUOTA.offset("limit");
  private static final int NETNS = QUOTA.offset("netns");
  private static final int IFINDEX = QUOTA.offset("ifindex");
  private static final int FLAGS = QUOTA.offset("flags");

  private final ByteBuffer memory;

  public QuotaTable(ByteBuffer memory) {
    this.memory = memory;
  }

  /** Wire bytes, both ways, since the maps were made; it only grows. */
  public long used(int number) {
    return Words.getLong(memory, at(number) + USED);
  }

  /** Packets pass while {@link #used} is below it. */
  public long limit(int number) {
    return Words.getLong(memory, at(number) + LIMIT);
  }

  public void setLimit(int number, long used) {
    Words.setLong(memory, at(number) + LIMIT, used);
  }

  public long netns(int number) {
    return Words.getLong(memory, at(number) + NETNS);
  }

  public int ifindex(int number) {
    return Words.getInt(memory, at(number) + IFINDEX);
  }

  /** Bits {@code NETWORK_*} that a network must have. */
  public int flags(int number) {
    return Words.getInt(memory, at(number) + FLAGS);
  }

  /**
   * Says which traffic it is for. To be called while no UID and not {@code quotas_of_all} names it.
   *
   * @param netns of the interface
   * @param ifindex 0: any but loopback
   * @param flags bits {@code NETWORK_*}; 0: any network
   */
  public void describe(int number, long netns, int ifindex, int flags) {
    Words.setLong(memory, at(number) + NETNS, netns);
    Words.setInt(memory, at(number) + IFINDEX, ifindex);
    Words.setInt(memory, at(number) + FLAGS, flags);
  }

  private static int at(int number) {
    return Math.multiplyExact(number, QUOTA.size());
  }
}
