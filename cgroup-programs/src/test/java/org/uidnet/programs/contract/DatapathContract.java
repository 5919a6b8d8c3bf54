package org.uidnet.programs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.contract.Subject.Fate;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.Subject.Wire;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotState;

/**
 * What is counted where, and the life of slots and rows: {@link Datapath} as the daemon relies on
 * it. Where an implementation differs it overrides the test and says why.
 */
@Timeout(120)
public abstract class DatapathContract extends OnSubject {
  private static final long UID = 10_123;
  private static final long OTHER = 10_124;
  private static final long HIGH = 70_000;
  private static final long LARGEST = 4_294_967_294L;

  /** A slot for one key only; a second would share slot 0. */
  private static final Sizes ONE_SLOT = new Sizes(2, 16, 4);

  private static final Sizes ONE_SLOT_EACH = new Sizes(64, 1, 4);
  private static final Sizes ONE_ROW = new Sizes(64, 16, 1);

  // ---- maps that have just been attached ------------------------------------------------------

  @Test
  protected void control_afterAttach_saysWhichMapsTheseAre() {
    Datapath datapath = attach(ROOMY);
    Control control = datapath.control();
    assertThat(control.layoutVersion()).isEqualTo(Layouts.LAYOUT_VERSION);
    assertThat(control.slots()).isEqualTo(ROOMY.slots()).isEqualTo(datapath.slots().slots());
    assertThat(control.cpus()).isPositive().isEqualTo(datapath.slots().cpus());
    assertThat(control.uidRows())
        .isEqualTo(Layouts.LOW_UIDS + ROOMY.highUids())
        .isEqualTo(datapath.uids().rows());
    assertThat(datapath.slotKeys().slots()).isEqualTo(ROOMY.slots());
    assertThat(control.epoch()).isNotEqualTo(new UUID(0, 0));
    assertThat(control.hostNamespace()).isNotZero();
    assertThat(control.attachedAt()).isPositive();
    assertThat(control.enabledChains()).isZero();
  }

  @Test
  protected void epoch_ofEachSetOfMaps_isItsOwn() {
    UUID first = attach(ROOMY).control().epoch();
    assertThat(attach(ROOMY).control().epoch()).isNotEqualTo(first);
  }

  @Test
  protected void maps_afterAttach_areEmpty() {
    Datapath datapath = attach(ROOMY);
    assertThat(live(datapath)).isEmpty();
    assertThat(total(datapath)).isEqualTo(Traffic.NONE);
    assertThat(datapath.takeFreeSlot()).isEmpty();
    assertThat(datapath.control().slotsEverUsed()).isZero();
    assertThat(datapath.control().highRowsEverUsed()).isZero();
    assertNoOverflow(datapath);
    for (int slot = 0; slot < ROOMY.slots(); slot++) {
      assertThat(datapath.slotKeys().state(slot)).isEqualTo(SlotState.UNUSED);
    }
  }

  // ---- counting -------------------------------------------------------------------------------

  @Test
  protected void firstPacket_ofAUid_makesOneSlotOfItsKey() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 100);
    SlotId id = onlyKey(datapath);
    long here = datapath.control().hostNamespace();
    assertThat(id).isEqualTo(new SlotId(UID, 0, Layouts.SET_DEFAULT, id.ifindex(), here));
    assertThat(id.ifindex()).isPositive();
    assertThat(counted(datapath, id)).isEqualTo(bothWays(100));
    assertThat(datapath.findSlot(id)).hasValue(1);
    assertThat(datapath.slotKeys().id(1)).isEqualTo(id);
    assertThat(datapath.control().slotsEverUsed()).isEqualTo(1);
    assertThat(datapath.uids().liveSlots((int) UID)).isEqualTo(1);
    assertNoOverflow(datapath);
  }

  @Test
  protected void furtherPackets_ofTheKey_areAddedToItsSlot() {
    Datapath datapath = attach(ROOMY);
    Traffic expected = Traffic.NONE;
    for (int payload : new int[] {1, 0, 1472, 9000, 1}) {
      pass(UID, payload);
      expected = expected.plus(bothWays(payload));
      assertThat(counted(datapath, onlyKey(datapath))).isEqualTo(expected);
    }
    assertThat(datapath.control().slotsEverUsed()).isEqualTo(1);
    assertThat(datapath.uids().liveSlots((int) UID)).isEqualTo(1);
    assertThat(total(datapath)).isEqualTo(expected);
  }

  @Test
  protected void packet_betweenTwoUids_isSentByOneAndReceivedByTheOther() {
    Datapath datapath = attach(ROOMY);
    assertThat(send(Wire.FIRST, UID, OTHER, 10)).isEqualTo(Fate.ARRIVED);
    assertThat(counted(datapath, UID)).isEqualTo(sent(10));
    assertThat(counted(datapath, OTHER)).isEqualTo(received(10));
    assertThat(total(datapath)).isEqualTo(bothWays(10));
  }

  @Test
  protected void uidZero_isCountedLikeAnyOther() {
    Datapath datapath = attach(ROOMY);
    pass(0, 10);
    assertThat(onlyKey(datapath).uid()).isZero();
    assertThat(counted(datapath, 0)).isEqualTo(bothWays(10));
    assertNoOverflow(datapath);
  }

  @Test
  protected void secondWire_sameUid_hasASlotOfItsOwn() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId first = onlyKey(datapath);
    assertThat(send(Wire.SECOND, UID, UID, 20)).isEqualTo(Fate.ARRIVED);
    pass(UID, 30);
    assertThat(send(Wire.SECOND, UID, UID, 40)).isEqualTo(Fate.ARRIVED);
    Map<SlotId, Counters> live = live(datapath);
    assertThat(live).hasSize(2);
    assertThat(live.remove(first).wire()).isEqualTo(bothWays(10).plus(bothWays(30)));
    SlotId second = live.keySet().iterator().next();
    assertThat(second).isEqualTo(new SlotId(UID, 0, 0, second.ifindex(), second.netns()));
    assertThat(live.get(second).wire()).isEqualTo(bothWays(20).plus(bothWays(40)));
  }

  @Test
  protected void counterSet_flipped_countsElsewhereFromTheNextPacket() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 1);
    SlotId background = onlyKey(datapath);
    datapath.uids().setCounterSet((int) UID, Layouts.SET_FOREGROUND);
    pass(UID, 20);
    datapath.uids().setCounterSet((int) UID, Layouts.SET_DEFAULT);
    pass(UID, 300);
    assertThat(counted(datapath, background)).isEqualTo(bothWays(1).plus(bothWays(300)));
    SlotId foreground = withSet(background, Layouts.SET_FOREGROUND);
    assertThat(counted(datapath, foreground)).isEqualTo(bothWays(20));
    assertThat(live(datapath)).hasSize(2);
    assertThat(datapath.uids().liveSlots((int) UID)).isEqualTo(2);
  }

  // ---- rows -----------------------------------------------------------------------------------

  @Test
  protected void rowOf_lowUid_isItsNumber() {
    Datapath datapath = attach(ROOMY);
    for (int uid : new int[] {0, (int) UID, 65_535}) {
      assertThat(datapath.rowOf(uid)).hasValue(uid);
      assertThat(datapath.uids().uid(uid)).isEqualTo(uid);
    }
  }

  @Test
  protected void rowOf_highUid_appearsWithItsFirstPacket() {
    Datapath datapath = attach(ROOMY);
    List<Integer> rows = new ArrayList<>();
    for (long uid : new long[] {65_536, HIGH, LARGEST}) {
      assertThat(datapath.rowOf(uid)).as("row of %d", uid).isEmpty();
      pass(uid, 10);
      pass(uid, 10);
      int row = datapath.rowOf(uid).orElseThrow();
      assertThat(row).isBetween(Layouts.LOW_UIDS, datapath.uids().rows() - 1);
      assertThat(datapath.uids().uid(row)).isEqualTo(uid);
      assertThat(datapath.uids().liveSlots(row)).isEqualTo(1);
      assertThat(counted(datapath, uid)).isEqualTo(bothWays(10).plus(bothWays(10)));
      rows.add(row);
    }
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(datapath.control().highRowsEverUsed()).isEqualTo(3);
    assertNoOverflow(datapath);
  }

  @Test
  protected void counterSet_ofAHighUid_isThatOfItsRow() {
    Datapath datapath = attach(ROOMY);
    pass(HIGH, 10);
    SlotId id = onlyKey(datapath);
    datapath.uids().setCounterSet(datapath.rowOf(HIGH).orElseThrow(), Layouts.SET_FOREGROUND);
    pass(HIGH, 20);
    assertThat(counted(datapath, id)).isEqualTo(bothWays(10));
    assertThat(counted(datapath, withSet(id, Layouts.SET_FOREGROUND))).isEqualTo(bothWays(20));
  }

  @Test
  protected void highUid_noRowLeft_countsInSlotZero() {
    Datapath datapath = attach(ONE_ROW);
    pass(HIGH, 10);
    pass(LARGEST, 20);
    pass(LARGEST, 20);
    pass(HIGH, 10);
    assertThat(counted(datapath, HIGH)).isEqualTo(bothWays(10).plus(bothWays(10)));
    assertThat(datapath.slots().read(0).wire()).isEqualTo(bothWays(20).plus(bothWays(20)));
    assertThat(datapath.rowOf(LARGEST)).isEmpty();
    assertThat(datapath.control().highRowsEverUsed()).isEqualTo(1);
    assertThat(datapath.control().slotOverflows()).isEqualTo(4);
  }

  // ---- running out of slots -------------------------------------------------------------------

  @Test
  protected void slots_allTaken_furtherKeysCountInSlotZero() {
    Datapath datapath = attach(ONE_SLOT);
    pass(UID, 10);
    pass(OTHER, 20);
    pass(HIGH, 30);
    pass(OTHER, 20);
    pass(UID, 10);
    assertThat(counted(datapath, UID)).isEqualTo(bothWays(10).plus(bothWays(10)));
    Traffic others = bothWays(20).plus(bothWays(30)).plus(bothWays(20));
    assertThat(datapath.slots().read(0).wire()).isEqualTo(others);
    assertThat(datapath.slotKeys().state(0)).isEqualTo(SlotState.UNUSED);
    assertThat(datapath.control().slotsEverUsed()).isEqualTo(1);
    assertThat(datapath.control().slotOverflows()).isEqualTo(6);
  }

  @Test
  protected void slots_oneHandedBack_nextKeyTakesIt() {
    Datapath datapath = attach(ONE_SLOT);
    pass(UID, 10);
    pass(OTHER, 20);
    assertThat(retire(datapath, onlyKey(datapath))).isEqualTo(bothWays(10));
    pass(OTHER, 30);
    assertThat(counted(datapath, OTHER)).isEqualTo(bothWays(30));
    assertThat(datapath.slots().read(0).wire()).isEqualTo(bothWays(20));
    assertThat(datapath.control().slotsEverUsed()).isEqualTo(1);
  }

  @Test
  protected void uid_withAllItsSlots_sharesAnOverflowSlotOfItsOwn() {
    Datapath datapath = attach(ONE_SLOT_EACH);
    pass(UID, 1);
    SlotId id = onlyKey(datapath);
    datapath.uids().setCounterSet((int) UID, Layouts.SET_FOREGROUND);
    pass(UID, 20);
    assertThat(send(Wire.SECOND, UID, UID, 300)).isEqualTo(Fate.ARRIVED);
    pass(OTHER, 4);
    SlotId overflow = new SlotId(UID, 0, Layouts.SET_OVERFLOW, 0, 0);
    assertThat(live(datapath)).hasSize(3).containsKeys(id, overflow);
    assertThat(counted(datapath, id)).isEqualTo(bothWays(1));
    assertThat(counted(datapath, overflow)).isEqualTo(bothWays(20).plus(bothWays(300)));
    assertThat(counted(datapath, OTHER)).isEqualTo(bothWays(4));
    assertThat(datapath.control().uidOverflows()).isEqualTo(4);
    assertThat(datapath.control().slotOverflows()).isZero();
  }

  @Test
  protected void uid_oneOfItsSlotsReleased_mayHaveAnother() {
    Datapath datapath = attach(ONE_SLOT_EACH);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    retire(datapath, id);
    assertThat(datapath.uids().liveSlots((int) UID)).isZero();
    datapath.uids().setCounterSet((int) UID, Layouts.SET_FOREGROUND);
    pass(UID, 20);
    assertThat(onlyKey(datapath)).isEqualTo(withSet(id, Layouts.SET_FOREGROUND));
    assertThat(datapath.control().uidOverflows()).isZero();
  }

  // ---- calls ----------------------------------------------------------------------------------

  @Test
  protected void findSlot_unknownKey_isEmpty() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    List<SlotId> strangers =
        List.of(
            new SlotId(OTHER, 0, 0, id.ifindex(), id.netns()),
            new SlotId(UID, 1, 0, id.ifindex(), id.netns()),
            new SlotId(UID, 0, 1, id.ifindex(), id.netns()),
            new SlotId(UID, 0, 0, id.ifindex() + 7, id.netns()),
            new SlotId(UID, 0, 0, id.ifindex(), id.netns() + (1L << 40)));
    for (SlotId stranger : strangers) {
      assertThat(datapath.findSlot(stranger)).as("%s", stranger).isEmpty();
      assertThat(datapath.forgetSlot(stranger)).as("%s", stranger).isFalse();
    }
    assertThat(datapath.findSlot(id)).isPresent();
  }

  @Test
  protected void forgetSlot_twice_knowsItOnce() {
    Datapath datapath = attach(ROOMY);
    pass(HIGH, 10);
    SlotId id = onlyKey(datapath);
    assertThat(datapath.forgetSlot(id)).isTrue();
    assertThat(datapath.forgetSlot(id)).isFalse();
    assertThat(datapath.findSlot(id)).isEmpty();
  }

  @Test
  protected void freeSlots_areTakenLastFirst() {
    Datapath datapath = attach(ROOMY);
    datapath.freeSlot(7);
    datapath.freeSlot(63);
    datapath.freeSlot(9);
    assertThat(datapath.takeFreeSlot()).hasValue(9);
    pass(UID, 10);
    assertThat(datapath.findSlot(onlyKey(datapath))).hasValue(63);
    assertThat(datapath.takeFreeSlot()).hasValue(7);
    assertThat(datapath.takeFreeSlot()).isEmpty();
    assertThat(datapath.control().slotsEverUsed()).isZero();
  }

  @Test
  protected void changeState_notTheExpectedOne_changesNothing() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    int slot = datapath.findSlot(onlyKey(datapath)).orElseThrow();
    assertThat(datapath.slotKeys().changeState(slot, SlotState.RETIRED, SlotState.FREE)).isFalse();
    assertThat(datapath.slotKeys().state(slot)).isEqualTo(SlotState.LIVE);
    assertThat(datapath.slotKeys().changeState(slot, SlotState.LIVE, SlotState.RETIRED)).isTrue();
    assertThat(datapath.slotKeys().state(slot)).isEqualTo(SlotState.RETIRED);
  }

  @Test
  @Timeout(10)
  protected void awaitPrograms_always_returns() {
    Datapath datapath = attach(ROOMY);
    datapath.awaitPrograms();
    pass(UID, 10);
    datapath.awaitPrograms();
    assertThat(total(datapath)).isEqualTo(bothWays(10));
  }

  @Test
  protected void zero_oneSlot_leavesTheOthers() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    pass(OTHER, 20);
    datapath.slots().zero(datapath.findSlot(id).orElseThrow());
    assertThat(counted(datapath, id)).isEqualTo(Traffic.NONE);
    assertThat(total(datapath)).isEqualTo(bothWays(20));
  }

  // ---- the life of a slot ---------------------------------------------------------------------

  /** The daemon is killed right after this call now and then: nothing may be lost by it. */
  @Test
  protected void forgottenSlot_notRetiredYet_losesNothingOfItsKey() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    datapath.forgetSlot(id);
    pass(UID, 20);
    assertThat(counted(datapath, id)).isEqualTo(bothWays(10).plus(bothWays(20)));
    assertThat(total(datapath)).isEqualTo(bothWays(10).plus(bothWays(20)));
  }

  @Test
  protected void retiredSlot_afterTheWait_isNotAddedTo() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    int retired = datapath.findSlot(id).orElseThrow();
    datapath.forgetSlot(id);
    datapath.slotKeys().changeState(retired, SlotState.LIVE, SlotState.RETIRED);
    datapath.awaitPrograms();
    pass(UID, 20);
    assertThat(datapath.slotKeys().state(retired)).isEqualTo(SlotState.RETIRED);
    assertThat(datapath.slotKeys().id(retired)).isEqualTo(id);
    assertThat(datapath.slots().read(retired).wire()).isEqualTo(bothWays(10));
    assertThat(datapath.findSlot(id).orElseThrow()).isNotEqualTo(retired);
    assertThat(counted(datapath, id)).isEqualTo(bothWays(20));
  }

  /** Routes are hints: whoever had the slot before still thinks of it. */
  @Test
  protected void reusedSlot_routeOfItsFormerKey_chargesNeverTheNewOne() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    int slot = datapath.findSlot(id).orElseThrow();
    assertThat(retire(datapath, id)).isEqualTo(bothWays(10));
    pass(OTHER, 20);
    SlotId other = onlyKey(datapath);
    assertThat(datapath.findSlot(other)).hasValue(slot);
    pass(UID, 30);
    assertThat(counted(datapath, other)).isEqualTo(bothWays(20));
    assertThat(counted(datapath, id)).isEqualTo(bothWays(30));
    assertThat(datapath.findSlot(id).orElseThrow()).isNotEqualTo(slot);
  }

  @Test
  protected void reusedSlot_sameKeyAgain_beginsAtZero() {
    Datapath datapath = attach(ROOMY);
    pass(UID, 10);
    SlotId id = onlyKey(datapath);
    int slot = datapath.findSlot(id).orElseThrow();
    for (int payload = 20; payload < 25; payload++) {
      retire(datapath, id);
      assertThat(datapath.slotKeys().state(slot)).isEqualTo(SlotState.FREE);
      pass(UID, payload);
      assertThat(datapath.findSlot(id)).hasValue(slot);
      assertThat(counted(datapath, id)).isEqualTo(bothWays(payload));
      assertThat(datapath.uids().liveSlots((int) UID)).isEqualTo(1);
    }
    assertThat(datapath.control().slotsEverUsed()).isEqualTo(1);
  }

  // ---- stories --------------------------------------------------------------------------------

  @Test
  protected void anyStory_roomForAll_chargesEveryByteToItsKey() {
    Story story = new Story(attach(ROOMY));
    story.tell(300);
    assertThat(story.counted()).as(story.toString()).isEqualTo(story.expected);
    assertNoOverflow(story.datapath);
  }

  @Test
  protected void anyStory_roomForFew_losesNothingAndChargesNobodyElse() {
    Story story = new Story(attach(new Sizes(6, 2, 1)));
    story.tell(300);
    story.crowd();
    Map<SlotId, Traffic> counted = story.counted();
    Traffic shared = story.datapath.slots().read(0).wire();
    assertThat(sum(counted).plus(shared)).as(story.toString()).isEqualTo(sum(story.expected));
    counted.forEach(
        (id, traffic) -> {
          if (id.set() != Layouts.SET_OVERFLOW) {
            assertNoMore(traffic, story.expected.getOrDefault(id, Traffic.NONE), story + ": " + id);
          }
        });
    assertThat(story.datapath.control().slotOverflows()).as(story.toString()).isPositive();
    assertThat(story.datapath.control().uidOverflows()).as(story.toString()).isPositive();
  }

  /** Random steps, and what is to be counted after them. */
  private final class Story {
    private static final long[] UIDS = {0, UID, 65_535, 65_536, LARGEST};

    final Datapath datapath;
    final Map<SlotId, Traffic> expected = new HashMap<>();
    final Map<SlotId, Traffic> stored = new HashMap<>();
    private final Map<Wire, SlotId> wires = new HashMap<>();
    private final Map<Long, Integer> sets = new HashMap<>();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    Story(Datapath datapath) {
      System.out.println(this);
      this.datapath = datapath;
      for (Wire wire : Wire.values()) {
        wires.put(wire, keyOn(wire));
      }
    }

    /** Learns what keys look like there; what this counted is put away at once. */
    private SlotId keyOn(Wire wire) {
      assertThat(DatapathContract.this.send(wire, OTHER, OTHER, 1)).isEqualTo(Fate.ARRIVED);
      SlotId id = onlyKey(datapath);
      retire(datapath, id);
      return id;
    }

    void tell(int steps) {
      for (int i = 0; i < steps; i++) {
        int dice = random.nextInt(10);
        if (dice < 7) {
          send();
        } else if (dice == 7) {
          flip(UIDS[random.nextInt(UIDS.length)]);
        } else {
          store();
        }
      }
    }

    /** Stores all, then every UID sends on every wire in both sets: overflows without luck. */
    void crowd() {
      while (!live(datapath).isEmpty()) {
        store();
      }
      for (long uid : UIDS) {
        sendOnAllWires(uid);
        flip(uid);
        sendOnAllWires(uid);
      }
    }

    private void sendOnAllWires(long uid) {
      for (Wire wire : Wire.values()) {
        send(wire, uid, uid);
      }
    }

    private void send() {
      Wire wire = Wire.values()[random.nextInt(Wire.values().length)];
      send(wire, UIDS[random.nextInt(UIDS.length)], UIDS[random.nextInt(UIDS.length)]);
    }

    private void send(Wire wire, long sender, long receiver) {
      int payload = random.nextInt(2000);
      assertThat(DatapathContract.this.send(wire, sender, receiver, payload))
          .as(toString())
          .isEqualTo(Fate.ARRIVED);
      expected.merge(key(wire, sender), sent(payload), Traffic::plus);
      expected.merge(key(wire, receiver), received(payload), Traffic::plus);
    }

    private SlotId key(Wire wire, long uid) {
      SlotId there = wires.get(wire);
      return new SlotId(uid, 0, sets.getOrDefault(uid, 0), there.ifindex(), there.netns());
    }

    private void flip(long uid) {
      datapath
          .rowOf(uid)
          .ifPresent(
              row -> {
                int set = 1 - sets.getOrDefault(uid, 0);
                sets.put(uid, set);
                datapath.uids().setCounterSet(row, set);
              });
    }

    private void store() {
      List<SlotId> keys = List.copyOf(live(datapath).keySet());
      if (!keys.isEmpty()) {
        SlotId id = keys.get(random.nextInt(keys.size()));
        stored.merge(id, retire(datapath, id), Traffic::plus);
      }
    }

    /** What was put away and what counts now. */
    Map<SlotId, Traffic> counted() {
      Map<SlotId, Traffic> counted = new HashMap<>(stored);
      live(datapath).forEach((id, more) -> counted.merge(id, more.wire(), Traffic::plus));
      return counted;
    }

    @Override
    public String toString() {
      return "story of seed " + seed;
    }
  }

  // ---- helpers --------------------------------------------------------------------------------

  /** All steps of the daemon; answers what the slot had counted. */
  private static Traffic retire(Datapath datapath, SlotId id) {
    int slot = datapath.findSlot(id).orElseThrow();
    assertThat(datapath.forgetSlot(id)).isTrue();
    assertThat(datapath.slotKeys().changeState(slot, SlotState.LIVE, SlotState.RETIRED)).isTrue();
    datapath.awaitPrograms();
    Traffic counted = datapath.slots().read(slot).wire();
    datapath.slots().zero(slot);
    assertThat(datapath.slotKeys().changeState(slot, SlotState.RETIRED, SlotState.FREE)).isTrue();
    datapath.uids().releaseSlot(datapath.rowOf(id.uid()).orElseThrow());
    datapath.freeSlot(slot);
    return counted;
  }

  private static Traffic counted(Datapath datapath, SlotId id) {
    return live(datapath).getOrDefault(id, Counters.NONE).wire();
  }

  /** Of the UID's only key. */
  private static Traffic counted(Datapath datapath, long uid) {
    List<SlotId> keys =
        live(datapath).keySet().stream().filter(known -> known.uid() == uid).toList();
    assertThat(keys).as("keys of UID %d", uid).hasSize(1);
    return counted(datapath, keys.get(0));
  }

  private static SlotId withSet(SlotId id, int set) {
    return new SlotId(id.uid(), id.tag(), set, id.ifindex(), id.netns());
  }

  private static void assertNoOverflow(Datapath datapath) {
    assertThat(datapath.slots().read(0).isZero()).as("slot 0 is empty").isTrue();
    assertThat(datapath.control().slotOverflows()).isZero();
    assertThat(datapath.control().uidOverflows()).isZero();
  }

  private static Traffic sum(Map<SlotId, Traffic> traffic) {
    return traffic.values().stream().reduce(Traffic.NONE, Traffic::plus);
  }

  private static void assertNoMore(Traffic traffic, Traffic most, String where) {
    Traffic left = most.minus(traffic);
    assertThat(List.of(left.rxBytes(), left.rxPackets(), left.txBytes(), left.txPackets()))
        .as(where)
        .allMatch(rest -> rest >= 0);
  }
}
