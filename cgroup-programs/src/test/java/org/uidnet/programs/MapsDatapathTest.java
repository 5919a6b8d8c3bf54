package org.uidnet.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.object.Btf;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** What goes to the maps and what comes of their failures; the rest is {@code DatapathContract}. */
class MapsDatapathTest {
  private static final Btf TYPES = ProgramObject.load().types();
  private static final Limits LIMITS = new Limits(8, 2, 1, 2, true);
  private static final SlotId ID = new SlotId(4_000_000_000L, 7, 1, 3, 1L << 40);

  private final Calls calls = new Calls();
  private final Datapath datapath =
      new MapsDatapath(Datapath.Backend.SIMULATOR, calls, TYPES, () -> calls.call("barrier"));

  /** Writes down each call, and answers nothing or fails. */
  private static final class Calls implements MapAccess {
    final List<String> made = new ArrayList<>();
    Optional<byte[]> lastBytes = Optional.empty();
    boolean failing;

    void call(String what, byte[]... bytes) {
      made.add(what);
      for (byte[] last : bytes) {
        lastBytes = Optional.of(last);
      }
      if (failing) {
        throw new DatapathException("no memory");
      }
    }

    @Override
    public ByteBuffer memory(String map) {
      int bytes = LIMITS.apply(ProgramObject.load().map(map)).maxEntries();
      ByteBuffer memory =
          ByteBuffer.allocateDirect(bytes * ProgramObject.load().map(map).valueSize())
              .order(ByteOrder.nativeOrder());
      if (map.equals("control")) {
        new Control(memory, TYPES.structLayout("control"))
            .describe(LIMITS.slots(), LIMITS.cpus(), LIMITS.uidRows(), new UUID(1, 2), 3);
      }
      return memory;
    }

    @Override
    public Optional<byte[]> lookup(String map, byte[] key) {
      call("lookup " + map, key);
      return Optional.empty();
    }

    @Override
    public Map<Bytes, Bytes> entries(String map) {
      call("entries " + map);
      return Map.of();
    }

    @Override
    public void put(String map, byte[] key, byte[] value) {
      call("put " + map, key, value);
    }

    @Override
    public boolean insert(String map, byte[] key, byte[] value) {
      call("insert " + map, key, value);
      return true;
    }

    @Override
    public Ring ring(String map) {
      call("ring " + map);
      return new Ring(ByteBuffer.allocateDirect(8), ByteBuffer.allocateDirect(8), 8, 8);
    }

    @Override
    public void awaitRing(String map, int milliseconds) {
      call("await ring " + map + " " + milliseconds);
    }

    @Override
    public boolean delete(String map, byte[] key) {
      call("delete " + map, key);
      return false;
    }

    @Override
    public void push(String map, byte[] value) {
      call("push " + map, value);
    }

    @Override
    public Optional<byte[]> pop(String map) {
      call("pop " + map);
      return Optional.empty();
    }
  }

  @Test
  void views_describedMaps_haveTheirSizes() {
    assertThat(datapath.backend()).isEqualTo(Datapath.Backend.SIMULATOR);
    assertThat(datapath.slots().slots()).isEqualTo(8);
    assertThat(datapath.slots().cpus()).isEqualTo(2);
    assertThat(datapath.slotKeys().slots()).isEqualTo(8);
    assertThat(datapath.uids().rows()).isEqualTo(LIMITS.uidRows());
    assertThat(datapath.control().epoch()).isEqualTo(new UUID(1, 2));
  }

  @Test
  void calls_each_goToTheirMap() {
    assertThat(datapath.findSlot(ID)).isEmpty();
    assertThat(datapath.forgetSlot(ID)).isFalse();
    datapath.freeSlot(5);
    assertThat(datapath.takeFreeSlot()).isEmpty();
    assertThat(datapath.rowOf(70_000)).isEmpty();
    datapath.awaitPrograms();
    assertThat(calls.made)
        .containsExactly(
            "lookup slot_index",
            "delete slot_index",
            "push free_slots",
            "pop free_slots",
            "lookup uid_rows",
            "barrier");
  }

  @Test
  void rowOf_uidWithARowOfItsNumber_asksNobody() {
    assertThat(datapath.rowOf(65_535)).hasValue(65_535);
    assertThat(calls.made).isEmpty();
  }

  @Test
  void findSlot_anyKey_isLaidOutAsTheProgramsDo() {
    datapath.findSlot(ID);
    ByteBuffer key = ByteBuffer.wrap(calls.lastBytes.orElseThrow()).order(ByteOrder.nativeOrder());
    assertThat(key.capacity()).isEqualTo(Layouts.SLOT_ID.size());
    assertThat(Integer.toUnsignedLong(key.getInt())).isEqualTo(4_000_000_000L);
    assertThat(key.getInt()).isEqualTo(7);
    assertThat(key.getInt()).isEqualTo(1);
    assertThat(key.getInt()).isEqualTo(3);
    assertThat(key.getLong()).isEqualTo(1L << 40);
  }

  @Test
  void calls_failing_sayWhatWasTried() {
    calls.failing = true;
    assertFails(() -> datapath.findSlot(ID), "cannot find the slot of " + ID + ": no memory");
    assertFails(() -> datapath.forgetSlot(ID), "cannot forget the slot of " + ID + ": no memory");
    assertFails(() -> datapath.freeSlot(5), "cannot free slot 5: no memory");
    assertFails(datapath::takeFreeSlot, "cannot take a free slot: no memory");
    assertFails(() -> datapath.rowOf(70_000), "cannot find the row of UID 70000: no memory");
    assertFails(datapath::awaitPrograms, "cannot wait for running programs: no memory");
  }

  private static void assertFails(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(DatapathException.class).hasMessage(message);
  }
}
