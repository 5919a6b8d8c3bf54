package org.uidnet.stats;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;

/**
 * Maps in memory, and {@link #count} as the programs do it (slots.h), without routes. It outlives
 * the services that a test kills. No rules: nothing is refused.
 */
final class FakeDatapath implements Datapath {
  static final long HOST = 1;
  static final int SLOTS_PER_UID = 512;

  private static final int CPUS = 2;
  private static final int HIGH_ROWS = 16;

  private final int slotCount;
  private final int slotsPerUid;
  private final ByteBuffer controlMemory = memory(Layouts.CONTROL.size());
  private final ByteBuffer uidMemory;
  private final ByteBuffer slotMemory;
  private final ByteBuffer keyMemory;
  private final Control control = new Control(controlMemory, Layouts.CONTROL);
  private final UidTable uids;
  private final SlotTable slots;
  private final SlotKeys keys;
  private final Map<SlotId, Integer> index = new HashMap<>();
  private final Map<Long, Integer> rows = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private int cpu;

  /** Run while the daemon waits for programs. */
  Runnable whileWaiting = () -> {};

  FakeDatapath(int slotCount, Instant attachedAt) {
    this(slotCount, SLOTS_PER_UID, HIGH_ROWS, attachedAt);
  }

  FakeDatapath(int slotCount, int slotsPerUid, int highRows, Instant attachedAt) {
    this.slotCount = slotCount;
    this.slotsPerUid = slotsPerUid;
    uidMemory = memory((LOW_UIDS + highRows) * Layouts.UID_ROW.size());
    uids = new UidTable(uidMemory, Layouts.UID_ROW);
    slotMemory = memory(slotCount * CPUS * Layouts.SLOT.size());
    keyMemory = memory(slotCount * Layouts.SLOT_KEY.size());
    slots = new SlotTable(slotMemory, Layouts.SLOT, slotCount, CPUS);
    keys = new SlotKeys(keyMemory, Layouts.SLOT_KEY);
    control.describe(slotCount, CPUS, LOW_UIDS + highRows, UUID.randomUUID(), HOST);
    control.setAttachedAt(attachedAt.getEpochSecond() * 1_000_000_000 + attachedAt.getNano());
  }

  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** A packet, or many: adds to the slot of the key, as a program would. */
  void count(SlotId id, Counters more) {
    add(slotFor(id), more);
  }

  void count(SlotId id, Traffic wire) {
    count(id, new Counters(wire, Traffic.NONE));
  }

  /** What a program does that found the slot before. */
  void add(int slot, Counters more) {
    cpu = (cpu + 1) % CPUS;
    int at = (cpu * slotCount + slot) * Layouts.SLOT.size();
    add(at, "rx.bytes", more.wire().rxBytes());
    add(at, "rx.packets", more.wire().rxPackets());
    add(at, "tx.bytes", more.wire().txBytes());
    add(at, "tx.packets", more.wire().txPackets());
    add(at, "rx.extra_bytes", more.extra().rxBytes());
    add(at, "rx.extra_packets", more.extra().rxPackets());
    add(at, "tx.extra_bytes", more.extra().txBytes());
    add(at, "tx.extra_packets", more.extra().txPackets());
  }

  private void add(int at, String field, long more) {
    int where = at + Layouts.SLOT.offset(field);
    slotMemory.putLong(where, slotMemory.getLong(where) + more);
  }

  int slotFor(SlotId id) {
    Integer known = index.get(id);
    int slot = known != null ? known : findSlot(id, makeRow(id.uid()));
    if (slot == 0) {
      increment("slot_overflows");
    }
    return slot;
  }

  private int findSlot(SlotId id, OptionalInt row) {
    if (row.isEmpty()) {
      return 0;
    }
    return uids.liveSlots(row.getAsInt()) < slotsPerUid
        ? makeSlot(id, row.getAsInt())
        : overflowSlot(id.uid(), row.getAsInt());
  }

  private int overflowSlot(long uid, int row) {
    increment("uid_overflows");
    SlotId overflow = new SlotId(uid, 0, Layouts.SET_OVERFLOW, 0, 0);
    Integer known = index.get(overflow);
    return known != null ? known : makeSlot(overflow, row);
  }

  private void increment(String gauge) {
    int at = Layouts.CONTROL.offset(gauge);
    controlMemory.putLong(at, controlMemory.getLong(at) + 1);
  }

  /** Makes a slot; 0 if there is none left. */
  int makeSlot(SlotId id, int row) {
    int slot = takeSlot();
    if (slot == 0) {
      return 0;
    }
    writeKey(slot, id, SlotState.LIVE);
    index.put(id, slot);
    int at = row * Layouts.UID_ROW.size() + Layouts.UID_ROW.offset("live_slots");
    uidMemory.putInt(at, uidMemory.getInt(at) + 1);
    return slot;
  }

  private int takeSlot() {
    OptionalInt freed = takeFreeSlot();
    if (freed.isPresent()) {
      return freed.getAsInt();
    }
    int at = Layouts.CONTROL.offset("next_slot");
    if (controlMemory.getInt(at) + 1 >= slotCount) {
      return 0;
    }
    controlMemory.putInt(at, controlMemory.getInt(at) + 1);
    return controlMemory.getInt(at);
  }

  void writeKey(int slot, SlotId id, SlotState state) {
    int at = slot * Layouts.SLOT_KEY.size();
    keyMemory.putInt(at + Layouts.SLOT_KEY.offset("id.uid"), (int) id.uid());
    keyMemory.putInt(at + Layouts.SLOT_KEY.offset("id.tag"), (int) id.tag());
    keyMemory.putInt(at + Layouts.SLOT_KEY.offset("id.set"), id.set());
    keyMemory.putInt(at + Layouts.SLOT_KEY.offset("id.ifindex"), id.ifindex());
    keyMemory.putLong(at + Layouts.SLOT_KEY.offset("id.netns"), id.netns());
    keyMemory.putInt(at + Layouts.SLOT_KEY.offset("state"), state.ordinal());
  }

  @Override
  public OptionalInt makeRow(long uid) {
    if (rowOf(uid).isEmpty() && LOW_UIDS + rows.size() < uids.rows()) {
      int row = LOW_UIDS + rows.size();
      uidMemory.putInt(row * Layouts.UID_ROW.size() + Layouts.UID_ROW.offset("uid"), (int) uid);
      rows.put(uid, row);
      controlMemory.putInt(Layouts.CONTROL.offset("next_row"), rows.size());
    }
    return rowOf(uid);
  }

  /** Takes the key out of the index only, as a killed daemon may have done. */
  void dropFromIndex(SlotId id) {
    index.remove(id);
  }

  /** Fails if any slot is lost, twice on the stack, or wrongly charged to its UID. */
  void checkSlots() {
    Set<Integer> stack = new HashSet<>(free);
    check(stack.size() == free.size(), "a slot is twice on the stack: " + free);
    Map<Long, Integer> held = new HashMap<>();
    for (int slot = 1; slot <= control.slotsEverUsed(); slot++) {
      SlotState state = keys.state(slot);
      check(
          state == SlotState.LIVE ? !stack.contains(slot) : stack.contains(slot),
          "slot " + slot + " is " + state + " and the stack has " + free);
      if (state == SlotState.LIVE) {
        held.merge(keys.id(slot).uid(), 1, Integer::sum);
      } else {
        check(slots.read(slot).isZero(), "slot " + slot + " is free and not zero");
      }
    }
    for (int row = 0; row < uids.rows(); row++) {
      int expected = held.getOrDefault(uids.uid(row), 0);
      check(
          row >= LOW_UIDS + rows.size() || uids.liveSlots(row) == expected,
          "row " + row + " holds " + uids.liveSlots(row) + " of " + expected);
    }
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public Backend backend() {
    return Backend.SIMULATOR;
  }

  @Override
  public Control control() {
    return control;
  }

  @Override
  public UidTable uids() {
    return uids;
  }

  @Override
  public SlotTable slots() {
    return slots;
  }

  @Override
  public SlotKeys slotKeys() {
    return keys;
  }

  @Override
  public OptionalInt findSlot(SlotId id) {
    return optional(index.get(id));
  }

  @Override
  public boolean forgetSlot(SlotId id) {
    return index.remove(id) != null;
  }

  @Override
  public void freeSlot(int slot) {
    free.push(slot);
  }

  @Override
  public OptionalInt takeFreeSlot() {
    return optional(free.poll());
  }

  @Override
  public OptionalInt rowOf(long uid) {
    return uid < LOW_UIDS ? OptionalInt.of((int) uid) : optional(rows.get(uid));
  }

  @Override
  public void awaitPrograms() {
    whileWaiting.run();
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
