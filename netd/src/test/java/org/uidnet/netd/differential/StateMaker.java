package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.StructLayout;
import org.uidnet.programs.object.Limits;

/**
 * Fills maps: as the daemon leaves them, as a crash may leave them, or as nothing should. Only what
 * the programs cannot come to by any of that stays untouched.
 */
final class StateMaker {
  private static final StructLayout CONTROL = Layouts.CONTROL;
  private static final StructLayout ROW = Layouts.UID_ROW;
  private static final StructLayout KEY = Layouts.SLOT_KEY;
  private static final StructLayout ID = Layouts.SLOT_ID;
  private static final int ALL_CHAINS = 0x3fff;
  private static final int[] SETS = {0, 0, 1, 2, 255};

  private final SplittableRandom random;
  private final Limits limits;
  private final List<Long> namespaces;
  private final int[] interfaces;
  private final int[] uids;
  private final boolean tidy;

  /**
   * @param uids that sockets seem to have
   */
  StateMaker(
      SplittableRandom random, Limits limits, List<Long> namespaces, int[] interfaces, int[] uids) {
    this.random = random;
    this.limits = limits;
    this.namespaces = namespaces;
    this.interfaces = interfaces;
    this.uids = uids;
    tidy = random.nextInt(4) == 0;
  }

  void fill(Side side) {
    Stream.of("uid_rows", "free_rows", "slot_index", "free_slots", "namespaces")
        .forEach(side::clear);
    Stream.of("networks", "ingress_discard", "local_networks", "drops").forEach(side::clear);
    Stream.of("control", "slots", "slot_keys").forEach(map -> zero(side.memory(map)));
    side.takeTraces();
    control(side.memory("control"));
    namespaces(side);
    networks(side);
    addresses(side);
    for (int row : rows()) {
      row(side.memory("uids"), row * ROW.size(), row);
    }
    if (!tidy) {
      slots(side);
      highRows(side);
    }
  }

  private static void zero(ByteBuffer memory) {
    memory.put(0, new byte[memory.capacity()]);
  }

  private void control(ByteBuffer control) {
    control.putLong(CONTROL.offset("host_netns"), namespace());
    control.putInt(CONTROL.offset("enabled_chains"), random.nextBoolean() ? 0 : chains());
    control.putInt(CONTROL.offset("foreign"), random.nextInt(2));
    control.putInt(CONTROL.offset("switches"), random.nextInt(4));
    control.putInt(CONTROL.offset("enabled_custom"), sparse());
    control.putInt(CONTROL.offset("custom_allowlists"), random.nextInt());
    control.putInt(CONTROL.offset("trace_every"), random.nextBoolean() ? 0 : random.nextInt(4));
    control.putInt(CONTROL.offset("trace_uid"), random.nextBoolean() ? -1 : pick(uids));
    control.putLong(CONTROL.offset("trace_seen"), Numbers.wide(random));
    if (!tidy) {
      control.putInt(CONTROL.offset("next_slot"), random.nextInt(limits.slots() + 2));
      control.putInt(CONTROL.offset("next_row"), random.nextInt(limits.highUids() + 2));
      control.putLong(CONTROL.offset("uid_overflows"), Numbers.wide(random));
      control.putLong(CONTROL.offset("slot_overflows"), Numbers.wide(random));
    }
  }

  private int chains() {
    return random.nextInt(4) == 0 ? random.nextInt() : random.nextInt() & ALL_CHAINS;
  }

  private void namespaces(Side side) {
    for (long namespace : namespaces) {
      if (random.nextInt(3) == 0) {
        side.put("namespaces", bytes(namespace), word(tidy ? 1 : random.nextInt(4)));
      }
    }
  }

  private int sparse() {
    return random.nextInt(3) > 0 ? 0 : random.nextInt() & random.nextInt() & random.nextInt();
  }

  private void networks(Side side) {
    for (long namespace : namespaces) {
      for (int ifindex : interfaces) {
        if (random.nextInt(3) == 0) {
          byte[] id =
              ByteBuffer.allocate(Layouts.NETWORK_ID.size())
                  .order(ByteOrder.nativeOrder())
                  .putLong(namespace)
                  .putInt(ifindex)
                  .array();
          side.put("networks", id, word(random.nextInt(8)));
        }
      }
    }
  }

  private void addresses(Side side) {
    for (byte[] address : PacketMaker.ADDRESSES) {
      if (random.nextInt(3) == 0) {
        side.put("ingress_discard", address, bytes(pick(interfaces)));
      }
      int length = pick(0, 8, 96, 104, 120, 127, 128);
      byte[] prefix =
          ByteBuffer.allocate(Layouts.PREFIX.size())
              .order(ByteOrder.nativeOrder())
              .putInt(length)
              .put(address)
              .array();
      if (random.nextInt(3) == 0) {
        side.put("local_networks", prefix, word(random.nextInt(2)));
      }
    }
  }

  /** Rows that a UID or a damaged entry can lead to. */
  private int[] rows() {
    IntStream low = IntStream.of(0, 1, 65_534, 65_535);
    return IntStream.concat(low, IntStream.range(Layouts.LOW_UIDS, limits.uidRows())).toArray();
  }

  private void row(ByteBuffer memory, int at, int row) {
    memory.put(at, new byte[ROW.size()]);
    memory.putInt(at + ROW.offset("rules"), random.nextInt(3) == 0 ? 0 : chains());
    memory.putInt(at + ROW.offset("set"), pick(SETS));
    memory.putInt(at + ROW.offset("accounting"), random.nextBoolean() ? 0 : random.nextInt(8));
    memory.putInt(at + ROW.offset("custom"), random.nextInt(2) * random.nextInt());
    memory.putInt(at + ROW.offset("flags"), random.nextBoolean() ? 0 : random.nextInt(16));
    memory.putInt(at + ROW.offset("allowed_ifindex"), random.nextBoolean() ? 0 : pick(interfaces));
    if (tidy) {
      return;
    }
    for (int route = 0; route < 4; route++) {
      memory.putInt(at + ROW.offset("routes") + route * 4, slot());
    }
    memory.putInt(at + ROW.offset("live_slots"), random.nextInt(limits.slotsPerUid() + 2));
    memory.putInt(at + ROW.offset("uid"), row);
  }

  private void slots(Side side) {
    for (int slot = 0; slot < limits.slots(); slot++) {
      if (random.nextBoolean()) {
        key(side.memory("slot_keys"), slot * KEY.size());
      }
    }
    random.ints(random.nextInt(limits.slots() + 1)).forEach(any -> index(side));
    random
        .ints(random.nextInt(limits.slots() + 1))
        .forEach(any -> side.push("free_slots", word(slot())));
    ByteBuffer counters = side.memory("slots");
    for (int at = 0; at < counters.capacity(); at += Long.BYTES) {
      counters.putLong(at, random.nextInt(8) == 0 ? Numbers.wide(random) : 0);
    }
  }

  private void key(ByteBuffer memory, int at) {
    memory.put(at, id());
    memory.putInt(at + KEY.offset("state"), random.nextInt(10) == 0 ? 7 : random.nextInt(4));
  }

  private void index(Side side) {
    byte[] id = id();
    if (side.contents("slot_index").entries().size() < limits.slots()) {
      side.put("slot_index", id, word(slot()));
    }
  }

  private void highRows(Side side) {
    for (int i = random.nextInt(limits.highUids() + 1); i > 0; i--) {
      side.put("uid_rows", word(random.nextBoolean() ? -1 : 70_000 + i), word(rowNumber()));
    }
    for (int i = random.nextInt(limits.highUids() + 1); i > 0; i--) {
      side.push("free_rows", word(rowNumber()));
    }
  }

  private int rowNumber() {
    int[] rows = rows();
    return random.nextInt(6) == 0 ? pick(limits.uidRows(), 0, -1) : pick(rows);
  }

  /** One of those there are, now and then one that is not there. */
  private int slot() {
    return random.nextInt(12) == 0
        ? pick(limits.slots(), limits.slots() * limits.cpus(), -1)
        : random.nextInt(limits.slots());
  }

  /** Such as packets have. */
  private byte[] id() {
    return ByteBuffer.allocate(ID.size())
        .order(ByteOrder.nativeOrder())
        .putInt(ID.offset("uid"), pick(uids))
        .putInt(ID.offset("tag"), random.nextInt(10) == 0 ? 5 : 0)
        .putInt(ID.offset("set"), pick(SETS))
        .putInt(ID.offset("ifindex"), random.nextInt(5) == 0 ? 0 : pick(interfaces))
        .putLong(ID.offset("netns"), random.nextInt(3) == 0 ? 0 : namespace())
        .array();
  }

  private long namespace() {
    return namespaces.get(random.nextInt(namespaces.size()));
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array();
  }
}
