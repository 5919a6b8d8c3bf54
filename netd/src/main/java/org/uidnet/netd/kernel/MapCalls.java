package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.StructLayout;

/** The maps that are not shared memory, by system calls with typed keys. Thread-safe. */
final class MapCalls {
  private final Generation generation;
  private final StructLayout slotId;

  MapCalls(Generation generation, StructLayout slotId) {
    this.generation = generation;
    this.slotId = slotId;
  }

  OptionalInt findSlot(SlotId id) {
    return number(
        "find the slot of " + id, () -> Bpf.lookup(map("slot_index"), key(id), Integer.BYTES));
  }

  boolean forgetSlot(SlotId id) {
    return call("forget the slot of " + id, () -> Bpf.delete(map("slot_index"), key(id)));
  }

  void freeSlot(int slot) {
    call(
        "free slot " + slot,
        () -> {
          Bpf.push(map("free_slots"), word(slot));
          return true;
        });
  }

  OptionalInt takeFreeSlot() {
    return number("take a free slot", () -> Bpf.pop(map("free_slots"), Integer.BYTES));
  }

  OptionalInt rowOf(long uid) {
    if (uid < Layouts.LOW_UIDS) {
      return OptionalInt.of((int) uid);
    }
    return number(
        "find the row of UID " + uid,
        () -> Bpf.lookup(map("uid_rows"), word((int) uid), Integer.BYTES));
  }

  private Fd map(String name) {
    return generation.map(name);
  }

  private byte[] key(SlotId id) {
    return ByteBuffer.allocate(slotId.size())
        .order(ByteOrder.nativeOrder())
        .putInt(slotId.offset("uid"), (int) id.uid())
        .putInt(slotId.offset("tag"), (int) id.tag())
        .putInt(slotId.offset("set"), id.set())
        .putInt(slotId.offset("ifindex"), id.ifindex())
        .putLong(slotId.offset("netns"), id.netns())
        .array();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static OptionalInt number(String tried, Call<Optional<byte[]>> call) {
    return call(tried, call)
        .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt())
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  private static <T> T call(String tried, Call<T> call) {
    try {
      return call.run();
    } catch (SysException e) {
      throw new DatapathException("cannot " + tried + ": " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T run();
  }
}
