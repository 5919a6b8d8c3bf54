package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;

/**
 * The keys of all slots. Read by anyone; the state is changed by programs and the daemon's writer.
 */
public final class SlotKeys {
  private final ByteBuffer memory;
  private final int size;
  private final int slots;
  private final int uid;
  private final int tag;
  private final int set;
  private final int ifindex;
  private final int netns;
  private final int state;

  public SlotKeys(ByteBuffer memory, StructLayout key) {
    this.memory = memory;
    size = key.size();
    slots = memory.capacity() / size;
    uid = key.offset("id.uid");
    tag = key.offset("id.tag");
    set = key.offset("id.set");
    ifindex = key.offset("id.ifindex");
    netns = key.offset("id.netns");
    state = key.offset("state");
  }

  /** Number of slots, slot 0 included. */
  public int slots() {
    return slots;
  }

  public SlotState state(int slot) {
    return SlotState.of(Words.getInt(memory, slot * size + state));
  }

  /**
   * Changes the state if it is still the expected one.
   *
   * @throws DatapathException if these are keys of retired maps: they can only be read
   */
  public boolean changeState(int slot, SlotState expected, SlotState next) {
    if (memory.isReadOnly()) {
      throw new DatapathException("slots of retired maps can only be read");
    }
    return Words.compareAndSetInt(memory, slot * size + state, expected.number(), next.number());
  }

  /** The key of a slot; meaningful while its state is not {@code UNUSED}. */
  public SlotId id(int slot) {
    int at = slot * size;
    return new SlotId(
        Words.getUnsigned(memory, at + uid),
        Words.getUnsigned(memory, at + tag),
        Words.getInt(memory, at + set),
        Words.getInt(memory, at + ifindex),
        Words.getLong(memory, at + netns));
  }
}
