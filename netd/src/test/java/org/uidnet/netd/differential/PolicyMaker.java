package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.object.Limits;

/** Fills fresh maps with a policy under which some UIDs are blocked and others are not. */
final class PolicyMaker {
  private static final StructLayout CONTROL = Layouts.CONTROL;
  private static final StructLayout ROW = Layouts.UID_ROW;

  private static final int[] CHAINS = {
    0, 0, Layouts.CHAIN_STANDBY, Layouts.CHAIN_OEM_DENY_1, Layouts.CHAIN_DOZABLE
  };

  private final SplittableRandom random;
  private final Limits limits;
  private final List<Long> namespaces;

  /**
   * @param namespaces the first is the daemon's own
   */
  PolicyMaker(SplittableRandom random, Limits limits, List<Long> namespaces) {
    this.random = random;
    this.limits = limits;
    this.namespaces = namespaces;
  }

  void fill(Side side) {
    ByteBuffer control = side.memory("control");
    control.put(0, new byte[control.capacity()]);
    control.putLong(CONTROL.offset("host_netns"), namespaces.get(0));
    control.putInt(CONTROL.offset("enabled_chains"), CHAINS[random.nextInt(CHAINS.length)]);
    control.putInt(CONTROL.offset("foreign"), random.nextInt(2));
    for (long namespace : namespaces.subList(1, namespaces.size())) {
      if (random.nextInt(3) == 0) { // also of other users': then the helper's answer is believed
        side.put("namespaces", bytes(namespace), word(Layouts.NAMESPACE_HOST_USERS));
      }
    }
    rows(side, control);
  }

  /** High UIDs may have been there before; the others get a row with their first packet. */
  private void rows(Side side, ByteBuffer control) {
    ByteBuffer uids = side.memory("uids");
    int high = 0;
    for (long uid : ScriptMaker.UIDS) {
      if (uid < Layouts.LOW_UIDS) {
        row(uids, (int) uid * ROW.size());
      } else if (high < limits.highUids() && random.nextBoolean()) {
        int number = Layouts.LOW_UIDS + high++;
        row(uids, number * ROW.size());
        uids.putInt(number * ROW.size() + ROW.offset("uid"), (int) uid);
        side.put("uid_rows", word((int) uid), word(number));
      }
    }
    control.putInt(CONTROL.offset("next_row"), high);
  }

  private void row(ByteBuffer memory, int at) {
    int rules = random.nextInt(3) > 0 ? Layouts.CHAIN_DOZABLE : random.nextInt() & 0x3fff;
    memory.putInt(at + ROW.offset("rules"), rules);
    memory.putInt(at + ROW.offset("set"), random.nextInt(2));
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array();
  }
}
