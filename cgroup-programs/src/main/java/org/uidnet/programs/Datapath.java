package org.uidnet.programs;

import java.util.OptionalInt;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotTable;
import org.uidnet.programs.layout.UidTable;

/**
 * The maps of one attached set of programs, in the kernel or in the simulator.
 *
 * <p>The views read and write shared memory without a system call; the other methods are calls and
 * throw {@link DatapathException}. Views are safe for any thread. Only one thread, the daemon's
 * writer, retires slots.
 */
public interface Datapath {
  /** Where the programs run. */
  enum Backend {
    KERNEL,
    SIMULATOR
  }

  Backend backend();

  Control control();

  UidTable uids();

  SlotTable slots();

  SlotKeys slotKeys();

  /** The slot that packets of this key find when their route misses. */
  OptionalInt findSlot(SlotId id);

  /** Takes the key out of the index; false if it was not there. */
  boolean forgetSlot(SlotId id);

  /** Hands a zeroed slot back for reuse. */
  void freeSlot(int slot);

  /** Takes any slot from those handed back, as a program would. */
  OptionalInt takeFreeSlot();

  /**
   * The row of a UID; empty if it has none yet (UIDs from 65,536 on get theirs at their first
   * packet).
   */
  OptionalInt rowOf(long uid);

  /** The same, made if it has none yet; empty if no row is left. */
  OptionalInt makeRow(long uid);

  /**
   * Returns when every program run that was under way at the call has ended (an RCU grace period,
   * some milliseconds).
   */
  void awaitPrograms();
}
