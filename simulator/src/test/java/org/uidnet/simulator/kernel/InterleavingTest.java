package org.uidnet.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * A packet's program is stopped after each of its instructions in turn, while the daemon takes the
 * packet's slot away and another UID's packet, on another CPU, gets it: every byte stays with its
 * UID. All orders of daemon and other packet are tried, and every part of them before the stopped
 * program goes on. On a kernel these moments are nanoseconds wide.
 */
class InterleavingTest {
  private static final int IFINDEX = 2;
  private static final int BYTES = 100;
  private static final Limits LIMITS = new Limits(4096, 16, 16, 2, true);

  /** Forget, retire, then store and free. */
  private static final int STEPS = 3;

  /** How the stopped packet comes to its slot. */
  private enum Way {
    ROUTE,
    INDEX
  }

  private final SimulatedKernel kernel = boot(LIMITS);
  private final Datapath datapath = kernel.datapath();
  private long nextUid = 10_000;

  @Test
  void everyOrder_withTheWait_keepsEveryByteWithItsUid() {
    assertThat(stories(true)).as("stories that went wrong").isEmpty();
  }

  /** Otherwise the test above would prove nothing. */
  @Test
  void someOrder_withoutTheWait_goesWrong() {
    assertThat(stories(false)).isNotEmpty();
  }

  /** The one that comes second gives its slot, and its row, back and adds to the other's. */
  @ParameterizedTest
  @ValueSource(longs = {20_000, 1_010_123})
  void firstPackets_onTwoCpusAtOnce_shareOneSlot(long uid) {
    boolean ended = false;
    for (int stop = 1; !ended; stop++) {
      SimulatedKernel fresh = boot(new Limits(16, 4, 4, 2, true));
      Skb packet = datagram(fresh, uid, IFINDEX);
      fresh.cpu(0).begin(fresh.egressProgram(), packet);
      ended = fresh.cpu(0).step(stop);
      fresh.egress(packet, 1);
      if (!ended) {
        fresh.cpu(0).finish();
      }
      int slot = fresh.datapath().findSlot(id(uid)).orElseThrow();
      assertThat(fresh.datapath().slots().read(slot).wire().txBytes())
          .as("stopped after %d", stop)
          .isEqualTo(2 * BYTES);
      int row = fresh.datapath().rowOf(uid).orElseThrow();
      assertThat(fresh.datapath().uids().liveSlots(row)).isEqualTo(1);
    }
  }

  private List<String> stories(boolean waits) {
    List<String> wrong = new ArrayList<>();
    int told = 0;
    for (Way way : Way.values()) {
      for (int other = 0; other <= STEPS; other++) {
        for (int before = 0; before <= STEPS + 1; before++) {
          for (int stop = 0; new Story(way, other, before, stop, waits).tell(wrong); stop++) {
            told++;
          }
        }
      }
    }
    assertThat(told).as("stories").isGreaterThan(2000);
    return wrong;
  }

  /** One order of things. */
  private final class Story {
    private final Way way;

    /** How many steps the daemon has made when the other UID's packet comes. */
    private final int other;

    /** How much of both happens while the program is stopped. */
    private final int before;

    /** After how many instructions it is. */
    private final int stop;

    /** Whether the daemon waits for programs before it reads. */
    private final boolean waits;

    private final long uid = nextUid++;
    private final long otherUid = nextUid++;
    private final Skb packet = datagram(uid, IFINDEX);
    private final Skb otherPacket = datagram(otherUid, IFINDEX);
    private final Cpu stopped = kernel.cpu(0);
    private int slot;
    private long stored;
    private boolean running;

    Story(Way way, int other, int before, int stop, boolean waits) {
      this.way = way;
      this.other = other;
      this.before = before;
      this.stop = stop;
      this.waits = waits;
    }

    /** False if the program had ended before it could be stopped. */
    boolean tell(List<String> wrong) {
      kernel.egress(packet, 1);
      slot = datapath.findSlot(id(uid)).orElseThrow();
      if (way == Way.INDEX) {
        takeRoute();
      }
      stopped.begin(kernel.egressProgram(), packet);
      boolean ended = stop > 0 && stopped.step(stop);
      running = !ended;
      List<Runnable> events = events();
      events.subList(0, before).forEach(Runnable::run);
      finishProgram();
      events.subList(before, events.size()).forEach(Runnable::run);
      check(wrong);
      cleanUp();
      return !ended;
    }

    /** An interface that shares the route takes it over, so the next packet asks the index. */
    private void takeRoute() {
      kernel.egress(datagram(uid, IFINDEX + 4), 1);
    }

    private List<Runnable> events() {
      List<Runnable> events = new ArrayList<>();
      events.add(() -> datapath.forgetSlot(id(uid)));
      events.add(() -> datapath.slotKeys().changeState(slot, SlotState.LIVE, SlotState.RETIRED));
      events.add(this::storeAndFree);
      events.add(other, () -> kernel.egress(otherPacket, 1));
      return events;
    }

    private void storeAndFree() {
      if (waits) {
        finishProgram();
      }
      stored += datapath.slots().read(slot).wire().txBytes();
      datapath.slots().zero(slot);
      datapath.slotKeys().changeState(slot, SlotState.RETIRED, SlotState.FREE);
      datapath.uids().releaseSlot((int) uid);
      datapath.freeSlot(slot);
    }

    private void finishProgram() {
      if (running) {
        stopped.finish();
        running = false;
      }
    }

    private void check(List<String> wrong) {
      long own = stored + live(uid);
      long others = live(otherUid);
      if (own != 2 * BYTES || others != BYTES) {
        wrong.add(
            "%s: other packet after %d steps, %d events before, stopped after %d: %d and %d bytes"
                .formatted(way, other, before, stop, own, others));
      }
    }

    private long live(long of) {
      long bytes = 0;
      for (int i = 1; i <= datapath.control().slotsEverUsed(); i++) {
        if (datapath.slotKeys().state(i) == SlotState.LIVE
            && datapath.slotKeys().id(i).equals(id(of))) {
          bytes += datapath.slots().read(i).wire().txBytes();
        }
      }
      return bytes;
    }

    /** So that thousands of stories find slots. */
    private void cleanUp() {
      for (int i = 1; i <= datapath.control().slotsEverUsed(); i++) {
        if (datapath.slotKeys().changeState(i, SlotState.LIVE, SlotState.RETIRED)) {
          datapath.forgetSlot(datapath.slotKeys().id(i));
          datapath.slots().zero(i);
          datapath.slotKeys().changeState(i, SlotState.RETIRED, SlotState.FREE);
          datapath.freeSlot(i);
        }
      }
    }
  }

  private static SimulatedKernel boot(Limits limits) {
    return SimulatedKernel.boot(
        ProgramObject.load(),
        limits,
        new UUID(1, 1),
        Instant.parse("2026-01-01T00:00:00Z"),
        () -> 1);
  }

  private Skb datagram(long uid, int ifindex) {
    return datagram(kernel, uid, ifindex);
  }

  private static Skb datagram(SimulatedKernel kernel, long uid, int ifindex) {
    Socket socket = kernel.socket(uid, kernel.host(), Socket.AF_INET, 2, Packets.UDP);
    return Packets.udp(socket, ifindex, BYTES - Packets.IPV4_UDP);
  }

  private SlotId id(long uid) {
    return new SlotId(uid, 0, 0, IFINDEX, kernel.host().cookie());
  }
}
