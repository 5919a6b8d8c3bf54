package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.uidnet.api.PacketTraces;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Layouts;

class TraceSessionTest {
  private final List<Integer> taken = new ArrayList<>();
  private final PacketTraces.Listener listener =
      new PacketTraces.Listener() {
        @Override
        public void packet(Trace packet) {
          taken.add((int) packet.time());
        }

        @Override
        public void lost(long packets) {
          taken.add(-(int) packets);
        }
      };

  @Test
  void everyPacket_ofTheUid() {
    TraceSession session = session(1000, 1, Optional.empty());

    session.offer(packet(1, 1000), 1);
    session.offer(packet(2, 1001), 1);
    session.offer(packet(3, 1000), 1);

    assertThat(taken).containsExactly(1, 3);
  }

  @Test
  void everyTenth_beginsWithTheFirst() {
    offer(session(1000, 10, Optional.empty()), 1, 31);

    assertThat(taken).containsExactly(1, 11, 21, 31);
  }

  @Test
  void packetsThatStandForMany_countAsMany() {
    offer(session(1000, 10, Optional.empty()), 5, 7);

    assertThat(taken).containsExactly(1, 3, 5, 7);
  }

  @Test
  void packetsThatWereSampledAlready_areAllTaken() {
    offer(session(1000, 10, Optional.empty()), 10, 3);

    assertThat(taken).containsExactly(1, 2, 3);
  }

  @Test
  void onlyPacketsThatMatch_areCounted() {
    Predicate<Trace> even = packet -> packet.time() % 2 == 0;

    offer(session(1000, 3, Optional.of(even)), 1, 20);

    assertThat(taken).containsExactly(2, 8, 14, 20);
  }

  @Test
  void lostPackets_arePassedOn() {
    session(1000, 1, Optional.empty()).lost(4);

    assertThat(taken).containsExactly(-4);
  }

  private TraceSession session(long uid, int every, Optional<Predicate<Trace>> further) {
    return new TraceSession(
        new TraceFilter(OptionalLong.of(uid), every, further), listener, session -> {});
  }

  private static void offer(TraceSession session, int standsFor, int count) {
    IntStream.rangeClosed(1, count).forEach(i -> session.offer(packet(i, 1000), standsFor));
  }

  private static Trace packet(int number, long owner) {
    return new Trace(
        number, 7, 3, 2, 60, 9, owner, 0, 1, 2, Layouts.REASON_NONE, true, 4, 17, 0, false);
  }
}
