package org.uidnet.netd.accounting;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;

/** Another datapath, with a count of the slots that were given back. */
final class CountingDatapath implements Datapath {
  private final Datapath datapath;
  private final AtomicLong freed = new AtomicLong();

  CountingDatapath(Datapath datapath) {
    this.datapath = datapath;
  }

  /** How many slots were given back so far. */
  long freed() {
    return freed.get();
  }

  @Override
  public void freeSlot(int slot) {
    datapath.freeSlot(slot);
    freed.incrementAndGet();
  }

  @Override
  public Backend backend() {
    return datapath.backend();
  }

  @Override
  public Control control() {
    return datapath.control();
  }

  @Override
  public UidTable uids() {
    return datapath.uids();
  }

  @Override
  public SlotTable slots() {
    return datapath.slots();
  }

  @Override
  public SlotKeys slotKeys() {
    return datapath.slotKeys();
  }

  @Override
  public OptionalInt findSlot(SlotId id) {
    return datapath.findSlot(id);
  }

  @Override
  public boolean forgetSlot(SlotId id) {
    return datapath.forgetSlot(id);
  }

  @Override
  public OptionalInt takeFreeSlot() {
    return datapath.takeFreeSlot();
  }

  @Override
  public OptionalInt rowOf(long uid) {
    return datapath.rowOf(uid);
  }

  @Override
  public OptionalInt makeRow(long uid) {
    return datapath.makeRow(uid);
  }

  @Override
  public void awaitPrograms() {
    datapath.awaitPrograms();
  }
}
