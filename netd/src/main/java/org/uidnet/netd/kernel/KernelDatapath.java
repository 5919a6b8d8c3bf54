package org.uidnet.netd.kernel;

import java.util.OptionalInt;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.programs.object.Btf;

/** The maps that attached programs use. Owns the views, not the descriptors. Thread-safe. */
final class KernelDatapath implements Datapath, AutoCloseable {
  private final Views views;
  private final MapCalls calls;
  private final ProgramBarrier barrier;

  KernelDatapath(Generation generation, Btf types, ProgramBarrier barrier) {
    views = Views.of(generation, types);
    calls = new MapCalls(generation, types.structLayout("slot_id"));
    this.barrier = barrier;
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
    return calls.forgetSlot(id);
  }

  @Override
  public void freeSlot(int slot) {
    calls.freeSlot(slot);
  }

  @Override
  public OptionalInt takeFreeSlot() {
    return calls.takeFreeSlot();
  }

  @Override
  public OptionalInt rowOf(long uid) {
    return calls.rowOf(uid);
  }

  @Override
  public void awaitPrograms() {
    try {
      barrier.await();
    } catch (SysException e) {
      throw new DatapathException("cannot wait for running programs: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    views.close();
  }
}
