package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.TruthRow;
import org.uidnet.api.model.UsageRow;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;

/** Every byte and packet of a device is somebody's, and the capture explains the rest. */
@KernelTest
class AccuracyTest {
  private static final long CLIENT = 10123;
  private static final long SERVER = 20456;
  private static final long TCP_BYTES = 200_000_000;
  private static final long UDP_BYTES = 50_000_000;

  @ParameterizedTest(name = "MTU {0}, IPv6 {1}")
  @CsvSource({
    "1280,false",
    "1280,true",
    "1400,false",
    "1400,true",
    "1500,false",
    "1500,true",
    "9000,false",
    "9000,true"
  })
  void summary_offloadsOff_isWhatTheDeviceCarried(int mtu, boolean ipv6) throws IOException {
    try (TestDaemon daemon = TestDaemon.started();
        VethPair pair = new VethPair("off", mtu, false);
        Crossing crossing = new Crossing(daemon, pair)) {
      crossing.tcp(ipv6, TCP_BYTES);
      crossing.udp(ipv6, mtu - (ipv6 ? 48 : 28), UDP_BYTES);

      crossing.assertExplained();
      crossing.assertTruthExplained(Networks.View.WIRE);
      assertThat(crossing.ofUid(CLIENT).txBytes()).isGreaterThan(TCP_BYTES + UDP_BYTES);
      assertThat(crossing.ofUid(SERVER).rxBytes()).isGreaterThan(TCP_BYTES + UDP_BYTES);
    }
  }

  @ParameterizedTest(name = "MTU {0}, IPv6 {1}")
  @CsvSource({"1500,false", "1500,true", "9000,false", "1280,true"})
  void truth_offloadsOn_isTheDevicesView(int mtu, boolean ipv6) throws IOException {
    try (TestDaemon daemon = TestDaemon.started();
        VethPair pair = new VethPair("on", mtu, true);
        Crossing crossing = new Crossing(daemon, pair)) {
      crossing.tcp(ipv6, TCP_BYTES);
      crossing.udpSegmented(ipv6, mtu - (ipv6 ? 48 : 28), UDP_BYTES);

      crossing.assertTruthExplained(Networks.View.DEVICE);
      assertThat(crossing.ofUid(CLIENT).txPackets())
          .as("packets on the wire, against packets of the device")
          .isGreaterThan(2 * crossing.devicePackets());
    }
  }

  /** A client of one UID here, a server of another there, a capture on both ends. */
  private static final class Crossing implements AutoCloseable {
    private static final int PORT = 5201;

    private final TestDaemon daemon;
    private final VethPair pair;
    private final End client;
    private final End server;

    Crossing(TestDaemon daemon, VethPair pair) throws IOException {
      this.daemon = daemon;
      this.pair = pair;
      client = End.watch(pair, pair.clientNamespace());
      server = End.watch(pair, pair.serverNamespace());
      daemon.client().poll();
      pair.strangers();
    }

    void tcp(boolean ipv6, long bytes) {
      String address = pair.serverAddress(ipv6);
      try (var listener = server().serve("tcp-serve", address, PORT)) {
        client().run("tcp-send", address, PORT, bytes);
        assertThat(listener.bytes()).isEqualTo(bytes);
      }
    }

    void udp(boolean ipv6, int size, long bytes) {
      long datagrams = bytes / size;
      String address = pair.serverAddress(ipv6);
      try (var listener = server().serve("udp-serve", address, PORT, datagrams)) {
        client().run("udp-send", address, PORT, size, datagrams);
        assertThat(listener.bytes()).isEqualTo(datagrams * size);
      }
    }

    /** UDP_SEGMENT here, UDP_GRO there: otherwise the kernel splits behind the device. */
    void udpSegmented(boolean ipv6, int size, long bytes) {
      long datagrams = bytes / size;
      String address = pair.serverAddress(ipv6);
      try (var listener = server().serve("udp-serve", address, PORT, datagrams, size)) {
        client().run("udp-send", address, PORT, size, datagrams, "gso");
        assertThat(listener.bytes()).isEqualTo(datagrams * size);
      }
    }

    private org.uidnet.netd.testing.Traffic client() {
      return daemon.traffic().namespace(pair.clientNamespace()).as(CLIENT);
    }

    private org.uidnet.netd.testing.Traffic server() {
      return daemon.traffic().namespace(pair.serverNamespace()).as(SERVER);
    }

    /** On both ends: what the device counted is what the UID is charged with, plus the capture. */
    void assertExplained() throws IOException {
      assertExplained(client, ofUid(CLIENT));
      assertExplained(server, ofUid(SERVER));
    }

    private static void assertExplained(End end, Traffic hooks) {
      Settled.assertEquals(
          "device of " + end.namespace + ", against hooks and capture",
          end::device,
          () -> hooks.plus(end.capture.seen()));
    }

    /** What the daemon says is unattributed is what strangers sent, as the capture has it. */
    void assertTruthExplained(Networks.View view) {
      Settled.assertEquals(
          "unattributed, against what strangers sent",
          () -> sum(truth(view)),
          () -> strangers(client).plus(strangers(server)));
      assertThat(client.capture.seen().rxPackets()).as("answers to pings").isGreaterThan(3);
    }

    private static Traffic strangers(End end) {
      return end.before.plus(end.capture.seen());
    }

    private List<TruthRow> truth(Networks.View view) throws IOException {
      Set<Long> ours =
          daemon.summary("netns").stream()
              .flatMap(row -> row.netns().stream())
              .collect(Collectors.toSet());
      List<TruthRow> rows =
          daemon.client().truth(UsageQuery.NONE.from("-1d").to("now")).rows().stream()
              .filter(row -> row.iface().endsWith("/veth0") && ours.contains(row.netns()))
              .toList();
      assertThat(rows).hasSize(4).allMatch(row -> row.view() == view);
      return rows;
    }

    private static Traffic sum(List<TruthRow> rows) {
      return rows.stream().map(Crossing::unattributed).reduce(Traffic.NONE, Traffic::plus);
    }

    private static Traffic unattributed(TruthRow row) {
      long bytes = row.unattributed().bytes();
      long packets = row.unattributed().packets();
      return row.direction() == TruthRow.Direction.RX
          ? new Traffic(bytes, packets, 0, 0)
          : new Traffic(0, 0, bytes, packets);
    }

    long devicePackets() {
      return client.device().txPackets();
    }

    Traffic ofUid(long uid) throws IOException {
      return daemon.summary("uid").stream()
          .filter(row -> row.uid().filter(owner -> owner == uid).isPresent())
          .map(UsageRow::traffic)
          .reduce(Traffic.NONE, Traffic::plus);
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /**
   * One end of the pair: its device's counters since a quiet moment, and the capture since then.
   */
  private static final class End implements AutoCloseable {
    private static final int TRIES = 20;

    private final VethPair pair;
    private final String namespace;
    private final Traffic before;
    private final Capture capture;

    private End(VethPair pair, String namespace, Traffic before, Capture capture) {
      this.pair = pair;
      this.namespace = namespace;
      this.before = before;
      this.capture = capture;
    }

    /** Starts a capture between two equal readings, so that no packet falls between the two. */
    static End watch(VethPair pair, String namespace) throws IOException {
      for (int i = 0; i < TRIES; i++) {
        Traffic before = pair.counters(namespace);
        Capture capture = new Capture(namespace);
        if (pair.counters(namespace).equals(before)) {
          return new End(pair, namespace, before, capture);
        }
        capture.close();
      }
      throw new AssertionError(namespace + " does not get quiet");
    }

    Traffic device() {
      return pair.counters(namespace).minus(before);
    }

    @Override
    public void close() throws IOException {
      capture.close();
    }
  }
}
