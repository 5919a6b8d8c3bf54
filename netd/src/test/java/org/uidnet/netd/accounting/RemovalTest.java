package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.TagRequest;
import org.uidnet.api.model.UsageRow;
import org.uidnet.firewall.Rule;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;

/** A UID is removed while its sockets, and others that are charged to it, live on. */
@KernelTest
@Timeout(120)
class RemovalTest {
  private static final long UID = 31_301;
  private static final long OTHER = 31_302;
  private static final int IP_AND_UDP = 28;
  private static final int PAYLOAD = 100;
  private static final int SECONDS = 4;

  @Test
  void remove_itsFiguresStay_andItsNumberIsClean() throws IOException {
    try (TestDaemon daemon = TestDaemon.started();
        Sockets sockets = new Sockets(daemon.traffic());
        Sockets outside = new Sockets(org.uidnet.netd.testing.Traffic.outside());
        Socket server = outside.open(0, "udp", false);
        Socket own = sockets.open(UID, "udp", false);
        Socket charged = sockets.open(OTHER, "udp", false)) {
      assertThat(server.call("bind", "127.0.0.1", 0)).isEqualTo("ok");
      tag(daemon, sockets, own, UID);
      tag(daemon, sockets, charged, UID);
      daemon.client().send(ApiRequest.setCounterSet(UID, CounterSet.FOREGROUND));
      daemon.client().send(deny());
      send(own, server, 10);
      daemon.client().poll();
      send(charged, server, 200);

      assertThat(daemon.client().send(ApiRequest.removeUid(UID)).changed()).isTrue();
      send(own, server, 3000);
      send(charged, server, 40_000);

      assertThat(sinceBoot(daemon))
          .containsExactlyInAnyOrder(
              tuple(Kind.REMOVED, Optional.empty(), CounterSet.DEFAULT, 0L, 210L + 2 * IP_AND_UDP),
              tuple(Kind.UID, Optional.of(UID), CounterSet.DEFAULT, 0L, 3000L + IP_AND_UDP),
              tuple(Kind.UID, Optional.of(OTHER), CounterSet.DEFAULT, 0L, 40_000L + IP_AND_UDP));
      assertThat(daemon.usage(UID).txBytes()).isEqualTo(3000 + IP_AND_UDP);
      assertThat(daemon.client().send(ApiRequest.chain("oem-deny-1")).uids()).isEmpty();
      assertThat(daemon.client().send(ApiRequest.removeUid(31_303)).changed()).isFalse();
    }
  }

  private static ApiRequest<?> deny() {
    return ApiRequest.setRule(
        "oem-deny-1",
        UID,
        new RuleRequest(Optional.of(Rule.DENY), Optional.empty(), Optional.empty()));
  }

  private static void tag(TestDaemon daemon, Sockets in, Socket socket, long charged)
      throws IOException {
    daemon
        .client()
        .send(
            ApiRequest.tag(
                new TagRequest(
                    Optional.of(in.pid()),
                    Optional.of(socket.descriptor()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(0xF00DL),
                    Optional.of(charged))));
  }

  private static void send(Socket socket, Socket server, int bytes) {
    assertThat(socket.sendTo("127.0.0.1", server.port(), bytes)).isEqualTo("" + bytes);
  }

  private static List<Tuple> sinceBoot(TestDaemon daemon) throws IOException {
    return daemon.client().sinceBoot(UsageQuery.NONE.by("uid,set,tag")).rows().stream()
        .map(
            row ->
                tuple(
                    row.kind().orElseThrow(),
                    row.uid(),
                    row.set().orElseThrow(),
                    row.tag().orElseThrow(),
                    row.traffic().txBytes()))
        .toList();
  }

  @Test
  void remove_againAndAgainUnderLoad_losesNoByte() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      CompletableFuture<Long> sent =
          Background.start(
              () -> Long.parseLong(daemon.traffic().run("uid-pairs", PAYLOAD, SECONDS, UID, 1)));
      int removals = 0;
      while (!sent.isDone()) {
        daemon.client().send(ApiRequest.removeUid(UID));
        removals++;
      }
      long datagrams = sent.join();
      long bytes = datagrams * (PAYLOAD + IP_AND_UDP);

      assertThat(removals).isGreaterThan(5);
      assertThat(
              daemon.summary("uid").stream()
                  .map(UsageRow::traffic)
                  .reduce(Traffic.NONE, Traffic::plus))
          .isEqualTo(new Traffic(bytes, datagrams, bytes, datagrams));
      System.out.printf("%d removals, %d datagrams%n", removals, datagrams);
    }
  }
}
