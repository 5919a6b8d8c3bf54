package org.uidnet.netd.kernel;

import java.util.OptionalInt;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.programs.object.Btf;

/**
 * Maps that no program uses any more, seen through the layout that they were made with. Read-only:
 * their memory cannot be written and their slots are not reused.
 */
final class RetiredDatapath implements Datapath, AutoCloseable {
  private final Generation generation;
  private final Views views;
  private final MapCalls calls;

  RetiredDatapath(Generation generation) {
    Btf types = generation.types();
    this.generation = generation;
    views = Views.readOnly(generation, types);
    calls = new MapCalls(generation, types.structLayout("slot_id"));
  }

  @Override
  public Backend backend() {
    return Backend.KERNEL;
  }

  @Override
  public Control control() {
    return views.control();
  }

  @Override
  public UidTable uids() {
    return views.uids();
  }

  @Override
  public SlotTable slots() {
    return views.slots();
  }

  @Override
  public SlotKeys slotKeys() {
    return views.slotKeys();
  }

  @Override
  public OptionalInt findSlot(SlotId id) {
    return calls.findSlot(id);
  }

  @Override
  public boolean forgetSlot(SlotId id) {
    throw readOnly();
  }

  @Override
  public void freeSlot(int slot) {
    throw readOnly();
  }

  @Override
  public OptionalInt takeFreeSlot() {
    throw readOnly();
  }

  @Override
  public OptionalInt rowOf(long uid) {
    return calls.rowOf(uid);
  }

  /** There are none. */
  @Override
  public void awaitPrograms() {}

  private DatapathException readOnly() {
    return new DatapathException(
        "the maps of epoch " + generation.epoch() + " are retired: they can only be read");
  }

  @Override
  public void close() {
    views.close();
  }
}
