package org.uidnet.programs.object;

import org.uidnet.programs.layout.Layouts;

/**
 * How large the maps are made, and what else the programs are told before they are loaded.
 *
 * @param slots of one CPU, slot 0 included
 * @param slotsPerUid live slots that one UID may hold before its traffic shares an overflow slot
 * @param highUids UIDs from 65,536 on that can have a row of their own
 * @param cpus highest possible number + 1
 * @param namespaceCookies whether packet programs may ask for their network namespace
 */
public record Limits(int slots, int slotsPerUid, int highUids, int cpus, boolean namespaceCookies) {
  public static final long DEFAULT_MEMORY = 32L << 20;

  private static final int MOST_SLOTS = 32_768;
  private static final int DEFAULT_SLOTS_PER_UID = 512;
  private static final int DEFAULT_HIGH_UIDS = 16_384;
  private static final int SLOT_SIZE = Layouts.SLOT.size();

  public Limits {
    require(slots >= 2, "slots must be 2 or more (slot 0 is shared), not " + slots);
    require(slotsPerUid >= 1, "slots of a UID must be 1 or more, not " + slotsPerUid);
    require(highUids >= 1, "rows of UIDs from 65536 on must be 1 or more, not " + highUids);
    require(cpus >= 1, "there must be a processor, not " + cpus);
    require(
        (long) slots * cpus * SLOT_SIZE <= Integer.MAX_VALUE,
        "%d slots on %d processors are more than 2 GiB".formatted(slots, cpus));
  }

  /**
   * The defaults for this host: as many slots as fit into {@link #DEFAULT_MEMORY}, but not more
   * than anyone needs, since a mapped page counts as the daemon's even if nothing is in it.
   */
  public static Limits ofHost(int cpus, boolean namespaceCookies) {
    long most = (long) MOST_SLOTS * SLOT_SIZE * cpus;
    return ofMemory(Math.min(DEFAULT_MEMORY, most), cpus, namespaceCookies);
  }

  /** As many slots as fit into the memory, counting the copies of all processors. */
  public static Limits ofMemory(long bytes, int cpus, boolean namespaceCookies) {
    long slots = bytes / SLOT_SIZE / cpus;
    return new Limits(
        (int) Math.min(Integer.MAX_VALUE, slots),
        DEFAULT_SLOTS_PER_UID,
        DEFAULT_HIGH_UIDS,
        cpus,
        namespaceCookies);
  }

  /** Rows of all UIDs, the first 65,536 included. */
  public int uidRows() {
    return Layouts.LOW_UIDS + highUids;
  }

  /** The map as this host is to have it. */
  public MapSpec apply(MapSpec map) {
    if (map.constants().isPresent()) {
      return map.withConstant("limits.slots", slots)
          .withConstant("limits.slots_per_uid", slotsPerUid)
          .withConstant("limits.uid_rows", uidRows())
          .withConstant("limits.netns_cookie", namespaceCookies ? 1 : 0);
    }
    return switch (map.name()) {
      case "slots" -> map.withMaxEntries(slots * cpus);
      case "slot_keys", "slot_index", "free_slots" -> map.withMaxEntries(slots);
      case "uids" -> map.withMaxEntries(uidRows());
      case "uid_rows", "free_rows" -> map.withMaxEntries(highUids);
      default -> map;
    };
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
