package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** The one entry of the control map: what was loaded, which chains are enabled, and gauges. */
public final class Control {
  private final ByteBuffer memory;
  private final StructLayout layout;

  public Control(ByteBuffer memory, StructLayout layout) {
    this.memory = memory;
    this.layout = layout;
  }

  public int layoutVersion() {
    return getInt("layout_version");
  }

  /** Slots of one CPU, slot 0 included. */
  public int slots() {
    return getInt("slots");
  }

  /** Highest possible CPU number + 1. */
  public int cpus() {
    return getInt("cpus");
  }

  public int uidRows() {
    return getInt("uid_rows");
  }

  /** Names this set of counters; written before the first attach and never again. */
  public UUID epoch() {
    return new UUID(getLong("epoch"), Words.getLong(memory, layout.offset("epoch") + 8));
  }

  public long hostNamespace() {
    return getLong("host_netns");
  }

  /** When counting began, CLOCK_REALTIME in nanoseconds; 0 before the first attach. */
  public long attachedAt() {
    return getLong("attached_at");
  }

  public void setAttachedAt(long nanoseconds) {
    Words.setLong(memory, layout.offset("attached_at"), nanoseconds);
  }

  /** Says which maps these are; called once by the loader, before the first attach. */
  public void describe(int slots, int cpus, int uidRows, UUID epoch, long hostNamespace) {
    Words.setInt(memory, layout.offset("slots"), slots);
    Words.setInt(memory, layout.offset("cpus"), cpus);
    Words.setInt(memory, layout.offset("uid_rows"), uidRows);
    Words.setLong(memory, layout.offset("host_netns"), hostNamespace);
    Words.setLong(memory, layout.offset("epoch"), epoch.getMostSignificantBits());
    Words.setLong(memory, layout.offset("epoch") + 8, epoch.getLeastSignificantBits());
    Words.setInt(memory, layout.offset("layout_version"), Layouts.LAYOUT_VERSION);
  }

  public byte[] objectHash() {
    byte[] hash = new byte[32];
    memory.get(layout.offset("object_hash"), hash);
    return hash;
  }

  public void setObjectHash(byte[] sha256) {
    memory.put(layout.offset("object_hash"), sha256);
  }

  /** One store switches a chain for all UIDs. */
  public int enabledChains() {
    return getInt("enabled_chains");
  }

  public void setEnabledChains(int bits) {
    Words.setInt(memory, layout.offset("enabled_chains"), bits);
  }

  /** Bit n: custom chain n is enabled. */
  public int enabledCustom() {
    return getInt("enabled_custom");
  }

  public void setEnabledCustom(int bits) {
    Words.setInt(memory, layout.offset("enabled_custom"), bits);
  }

  /** Bit n: custom chain n is an allowlist. To be changed only while the chain is disabled. */
  public int customAllowlists() {
    return getInt("custom_allowlists");
  }

  public void setCustomAllowlists(int bits) {
    Words.setInt(memory, layout.offset("custom_allowlists"), bits);
  }

  /** Bits {@code SWITCH_*}. */
  public int switches() {
    return getInt("switches");
  }

  public void setSwitches(int bits) {
    Words.setInt(memory, layout.offset("switches"), bits);
  }

  /** One of so many packets is traced; 0: none. */
  public int traceEvery() {
    return getInt("trace_every");
  }

  /**
   * Traces one of {@code every} packets of sockets of a UID.
   *
   * @param every 0: none any more
   * @param uid {@link org.uidnet.programs.SlotId#UID_FOREIGN}: of all
   */
  public void trace(int every, long uid) {
    Words.setInt(memory, layout.offset("trace_uid"), (int) uid);
    Words.setInt(memory, layout.offset("trace_every"), every);
  }

  /** Packets that found no room in the ring buffer of traces, since the epoch began. */
  public long lostTraces() {
    return getLong("lost_traces");
  }

  /**
   * The number of a quota that is for all UIDs; 0: none.
   *
   * @param n from 0 to {@code QUOTAS_OF_ALL} - 1
   */
  public int quotaOfAll(int n) {
    return Words.getInt(memory, layout.offset("quotas_of_all") + n * Integer.BYTES);
  }

  public void setQuotaOfAll(int n, int number) {
    Words.setInt(memory, layout.offset("quotas_of_all") + n * Integer.BYTES, number);
  }

  /** Refusals that found no room in the map that counts them. */
  public long uncountedDrops() {
    return getLong("uncounted_drops");
  }

  /** Events that found no room in the ring buffer. */
  public long lostEvents() {
    return getLong("lost_events");
  }

  /**
   * A row from {@code LOW_UIDS} on that nobody has had, as programs take it; empty if none is left.
   */
  public Optional<Integer> takeHighRow() {
    if (Integer.compareUnsigned(getInt("next_row"), uidRows() - Layouts.LOW_UIDS) >= 0) {
      return Optional.empty();
    }
    int row = Layouts.LOW_UIDS + Words.addInt(memory, layout.offset("next_row"), 1);
    return row < uidRows() ? Optional.of(row) : Optional.empty();
  }

  /**
   * Whether packets of other namespaces are looked up; programs set it too, and nothing clears it.
   */
  public boolean watchesForeignNamespaces() {
    return getInt("foreign") != 0;
  }

  public void watchForeignNamespaces() {
    Words.setInt(memory, layout.offset("foreign"), 1);
  }

  /** Slots handed out for the first time, slot 0 not included; never more than there are. */
  public int slotsEverUsed() {
    return Math.min(getInt("next_slot"), slots() - 1);
  }

  /** Rows of UIDs from 65,536 on handed out for the first time. */
  public int highRowsEverUsed() {
    return Math.min(getInt("next_row"), uidRows() - Layouts.LOW_UIDS);
  }

  /** Packets counted in an overflow slot of their UID, since the epoch began. */
  public long uidOverflows() {
    return getLong("uid_overflows");
  }

  /** Packets counted in slot 0, since the epoch began. */
  public long slotOverflows() {
    return getLong("slot_overflows");
  }

  private int getInt(String field) {
    return Words.getInt(memory, layout.offset(field));
  }

  private long getLong(String field) {
    return Words.getLong(memory, layout.offset(field));
  }
}
