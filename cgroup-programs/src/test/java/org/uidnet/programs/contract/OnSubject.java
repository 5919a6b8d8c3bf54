package org.uidnet.programs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.contract.Subject.Fate;
import org.uidnet.programs.contract.Subject.Sizes;
import org.uidnet.programs.contract.Subject.Wire;
import org.uidnet.programs.layout.SlotState;

/** A contract's way to its subject. */
abstract class OnSubject {
  static final int IP_AND_UDP = 28;
  static final Sizes ROOMY = new Sizes(64, 16, 4);

  private final Deque<Subject> opened = new ArrayDeque<>();

  /** Attaches to new maps; the contract closes it. */
  protected abstract Subject open(Sizes sizes);

  @AfterEach
  protected void closeSubject() {
    opened.forEach(Subject::close);
  }

  Datapath attach(Sizes sizes) {
    opened.push(open(sizes));
    return subject().datapath();
  }

  /** What was attached last. */
  Subject subject() {
    return opened.element();
  }

  Fate send(Wire wire, long sender, long receiver, int payload) {
    return subject().send(wire, sender, receiver, payload);
  }

  /** Of a UID to itself on the first wire. */
  Fate send(long uid, int payload) {
    return send(Wire.FIRST, uid, uid, payload);
  }

  /** The same, and sees it arrive. */
  void pass(long uid, int payload) {
    assertThat(send(uid, payload)).as("datagram of UID %d", uid).isEqualTo(Fate.ARRIVED);
  }

  static Traffic sent(int payload) {
    return new Traffic(0, 0, IP_AND_UDP + payload, 1);
  }

  static Traffic received(int payload) {
    return new Traffic(IP_AND_UDP + payload, 1, 0, 0);
  }

  static Traffic bothWays(int payload) {
    return sent(payload).plus(received(payload));
  }

  /** The keys that count now, with what is in their slots. */
  static Map<SlotId, Counters> live(Datapath datapath) {
    Map<SlotId, Counters> live = new LinkedHashMap<>();
    for (int slot = 0; slot < datapath.slotKeys().slots(); slot++) {
      if (datapath.slotKeys().state(slot) == SlotState.LIVE) {
        live.merge(datapath.slotKeys().id(slot), datapath.slots().read(slot), Counters::plus);
      }
    }
    return live;
  }

  /** The only key that counts. */
  static SlotId onlyKey(Datapath datapath) {
    assertThat(live(datapath)).hasSize(1);
    return live(datapath).keySet().iterator().next();
  }

  /** What all slots have counted, slot 0 included, whatever their state. */
  static Traffic total(Datapath datapath) {
    Counters sum = Counters.NONE;
    for (int slot = 0; slot < datapath.slots().slots(); slot++) {
      sum = sum.plus(datapath.slots().read(slot));
    }
    assertThat(sum.extra()).as("what segmentation added").isEqualTo(Traffic.NONE);
    return sum.wire();
  }
}
