package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.TruthRow;
import org.uidnet.api.model.TruthRow.Amount;
import org.uidnet.api.model.TruthRow.Direction;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;

/**
 * Where devices and hooks must differ, truth shows by how much: above zero what only the device
 * counted, below zero what only the hooks counted, to the byte.
 */
@KernelTest
class DifferenceTest {
  private static final long CLIENT = 10123;
  private static final long SERVER = 20456;
  private static final int PORT = 5201;
  private static final int MTU = 1500;
  private static final int DATAGRAMS = 20;
  private static final int PAYLOAD = 1000;
  private static final int PACKET = PAYLOAD + 28;

  private static final Amount NONE = new Amount(0, 0);
  private static final Amount ACKNOWLEDGEMENT = new Amount(29, 1);

  /** Of the local network, so that nobody reports who joined it. */
  private static final String GROUP = "224.0.0.200";

  /** Both ends of the wire are in namespaces of their own. */
  @BeforeAll
  static void assumeThatNamespacesAreToldApart() {
    HostKernel.assumeNamespaceCookies();
  }

  @Test
  void truth_everySocketCounted_noDifference() throws IOException {
    try (Scene scene = Scene.open()) {
      exchange(scene.client(), scene.server(), scene.address(), PAYLOAD);

      scene.sender.assertSent(NONE);
      scene.sender.assertReceived(NONE);
      scene.receiver.assertSent(NONE);
      scene.receiver.assertReceived(NONE);
      assertThat(scene.sender.uids(Direction.TX)).isEqualTo(times(DATAGRAMS, PACKET, 1));
      assertThat(scene.sender.uids(Direction.RX)).isEqualTo(ACKNOWLEDGEMENT);
    }
  }

  /** The hooks see a datagram whole, the device sees four pieces with a header each. */
  @ParameterizedTest(name = "IPv6 {0}")
  @CsvSource({"false,20,20", "true,40,48"})
  void truth_fragments_headersAndPacketsAbove(boolean ipv6, int header, int headerOfFragment)
      throws IOException {
    try (Scene scene = Scene.open()) {
      exchange(scene.client(), scene.server(), scene.pair.serverAddress(ipv6), 5000);

      Amount difference = times(DATAGRAMS, 4 * headerOfFragment - header, 3);
      scene.sender.assertSent(difference);
      scene.receiver.assertReceived(difference);
    }
  }

  /** One packet of the device goes to three sockets, and each hook counts it for its owner. */
  @Test
  void truth_multicastToThreeUids_twoCopiesBelow() throws IOException {
    try (Scene scene = Scene.open();
        var first = join(scene, SERVER);
        var second = join(scene, SERVER + 1);
        var third = join(scene, SERVER + 2)) {
      scene.client().run("udp-blast", GROUP, PORT, PAYLOAD, DATAGRAMS);

      for (Traffic.Server listener : List.of(first, second, third)) {
        assertThat(listener.bytes()).isEqualTo(DATAGRAMS * PAYLOAD);
      }
      scene.sender.assertSent(NONE);
      scene.receiver.assertReceived(times(DATAGRAMS, -2 * PACKET, -2));
      for (long uid = SERVER; uid < SERVER + 3; uid++) {
        assertThat(scene.daemon.usage(uid).rxPackets()).isEqualTo(DATAGRAMS);
      }
    }
  }

  private static Traffic.Server join(Scene scene, long uid) {
    String address = scene.address();
    return scene
        .server(scene.daemon.traffic())
        .as(uid)
        .serve("join", GROUP, PORT, DATAGRAMS, address);
  }

  /** The raw socket's owner is charged with the copies that it gets. */
  @Test
  void truth_rawSocketBeside_copiesBelow() throws IOException {
    try (Scene scene = Scene.open()) {
      Traffic.Server raw = scene.server(scene.daemon.traffic()).serve("raw-listen", 17, 60);
      try (raw) {
        exchange(scene.client(), scene.server(), scene.address(), PAYLOAD);
      }

      scene.sender.assertSent(NONE);
      scene.receiver.assertReceived(times(DATAGRAMS, -PACKET, -1));
      assertThat(scene.daemon.usage(SERVER).rxPackets()).isEqualTo(DATAGRAMS);
      assertThat(scene.daemon.usage(0).rxPackets()).isEqualTo(DATAGRAMS);
    }
  }

  /** What the queue drops has been counted on the way to it, and never gets to the device. */
  @Test
  void truth_queueOverflows_dropsBelow() throws IOException {
    try (Scene scene = Scene.open()) {
      // Room for one packet at once and one in the queue, which then waits for minutes.
      scene.queue("tbf rate 8bit burst 1600 limit 1600");
      scene.blast();

      assertThat(scene.pair.in(scene.pair.clientNamespace(), "tc -s qdisc show dev veth0"))
          .contains("Sent 1042 bytes 1 pkt (dropped 18, ");
      scene.sender.assertSent(times(DATAGRAMS - 1, -PACKET, -1));
      scene.receiver.assertReceived(NONE);
    }
  }

  @Test
  void truth_queueLosesAll_everythingBelow() throws IOException {
    try (Scene scene = Scene.open()) {
      scene.queue("blackhole");
      scene.blast();

      scene.sender.assertSent(times(DATAGRAMS, -PACKET, -1));
      scene.receiver.assertReceived(NONE);
    }
  }

  @Test
  void truth_socketsOutsideTheCgroup_above() throws IOException {
    try (Scene scene = Scene.open();
        TestCgroup other = TestCgroup.create()) {
      Traffic outside = Traffic.in(other.path());
      exchange(scene.client(outside), scene.server(outside), scene.address(), PAYLOAD);

      Amount sent = times(DATAGRAMS, PACKET, 1);
      scene.sender.assertSent(sent);
      scene.sender.assertReceived(ACKNOWLEDGEMENT);
      scene.receiver.assertSent(ACKNOWLEDGEMENT);
      scene.receiver.assertReceived(sent);
      assertThat(scene.sender.uids(Direction.TX)).isEqualTo(NONE);
    }
  }

  /** What is above and what is below do not hide in each other: the sum is shown, with its sign. */
  @Test
  void truth_outsideAndDropped_isTheirSum() throws IOException {
    try (Scene scene = Scene.open();
        TestCgroup other = TestCgroup.create()) {
      Traffic outside = Traffic.in(other.path());
      String address = scene.address();
      exchange(scene.client(outside), scene.server(outside), address, PAYLOAD);
      scene.queue("blackhole");
      scene.blast();
      scene.blast();

      scene.sender.assertSent(times(DATAGRAMS, -PACKET, -1));
    }
  }

  /** Sends {@link #DATAGRAMS}; one acknowledgement of a byte comes back. */
  private static void exchange(Traffic client, Traffic server, String address, int payload) {
    try (var listener = server.serve("udp-serve", address, PORT, DATAGRAMS)) {
      client.run("udp-send", address, PORT, payload, DATAGRAMS);
      assertThat(listener.bytes()).isEqualTo((long) DATAGRAMS * payload);
    }
  }

  private static Amount times(int count, long bytes, long packets) {
    return new Amount(count * bytes, count * packets);
  }

  /** A daemon, and a veth pair without offloads whose two ends are watched. */
  private record Scene(TestDaemon daemon, VethPair pair, End sender, End receiver)
      implements AutoCloseable {
    static Scene open() throws IOException {
      TestDaemon daemon = TestDaemon.started();
      try {
        return crossing(daemon);
      } catch (IOException | RuntimeException | Error e) {
        daemon.close();
        throw e;
      }
    }

    private static Scene crossing(TestDaemon daemon) throws IOException {
      daemon.client().poll(); // so that the pair is new to it
      VethPair pair = new VethPair("d" + ProcessHandle.current().pid(), MTU, false);
      try {
        pair.in(pair.clientNamespace(), "ip route add 224.0.0.0/4 dev veth0");
        return watched(daemon, pair);
      } catch (IOException | RuntimeException | Error e) {
        pair.close();
        throw e;
      }
    }

    private static Scene watched(TestDaemon daemon, VethPair pair) throws IOException {
      End sender = End.watch(daemon, pair, pair.clientNamespace());
      try {
        return new Scene(daemon, pair, sender, End.watch(daemon, pair, pair.serverNamespace()));
      } catch (IOException | RuntimeException | Error e) {
        sender.close();
        throw e;
      }
    }

    Traffic client() {
      return client(daemon.traffic());
    }

    Traffic client(Traffic traffic) {
      return traffic.namespace(pair.clientNamespace()).as(CLIENT);
    }

    Traffic server() {
      return server(daemon.traffic()).as(SERVER);
    }

    Traffic server(Traffic traffic) {
      return traffic.namespace(pair.serverNamespace());
    }

    String address() {
      return pair.serverAddress(false);
    }

    /** The sender's packets go through this queue, and nobody's of IPv6 take their place. */
    void queue(String kind) {
      pair.in(pair.clientNamespace(), "sysctl -qw net.ipv6.conf.veth0.disable_ipv6=1");
      pair.in(pair.clientNamespace(), "tc qdisc add dev veth0 root " + kind);
    }

    /** Sends without waiting for an answer. */
    void blast() {
      Traffic.Server silent = server().serve("udp-serve", address(), PORT, DATAGRAMS + 1);
      try (silent) {
        client().run("udp-blast", address(), PORT, PAYLOAD, DATAGRAMS);
      }
    }

    @Override
    public void close() throws IOException {
      try (pair;
          daemon) {
        sender.close();
        receiver.close();
      }
    }
  }

  /**
   * One end of the pair: the kernel's own packets there, which are above in truth, and what is
   * above or below besides.
   *
   * @param before all that its device counted before the capture began
   */
  private record End(
      TestDaemon daemon, long netns, org.uidnet.programs.Traffic before, Capture capture)
      implements AutoCloseable {
    private static final int TRIES = 20;

    /** Starts a capture between two equal readings, so that no packet falls between the two. */
    static End watch(TestDaemon daemon, VethPair pair, String namespace) throws IOException {
      long netns = Long.parseLong(daemon.traffic().namespace(namespace).run("cookie"));
      for (int i = 0; i < TRIES; i++) {
        org.uidnet.programs.Traffic before = pair.counters(namespace);
        Capture capture = new Capture(namespace);
        if (pair.counters(namespace).equals(before)) {
          return new End(daemon, netns, before, capture);
        }
        capture.close();
      }
      throw new AssertionError(namespace + " does not get quiet");
    }

    void assertSent(Amount difference) {
      assertDiffers(Direction.TX, difference);
    }

    void assertReceived(Amount difference) {
      assertDiffers(Direction.RX, difference);
    }

    private void assertDiffers(Direction direction, Amount difference) {
      Settled.assertEquals(
          direction + ", device less hooks",
          () -> row(direction).unattributed(),
          () -> plus(difference, ofKernel(direction)));
    }

    private Amount ofKernel(Direction direction) {
      org.uidnet.programs.Traffic sum = before.plus(capture.seen());
      return direction == Direction.RX
          ? new Amount(sum.rxBytes(), sum.rxPackets())
          : new Amount(sum.txBytes(), sum.txPackets());
    }

    Amount uids(Direction direction) throws IOException {
      return row(direction).uids();
    }

    private TruthRow row(Direction direction) throws IOException {
      daemon.client().poll();
      List<TruthRow> rows =
          daemon.client().truth(UsageQuery.NONE.from("-1d").to("now")).rows().stream()
              .filter(row -> row.netns() == netns && row.iface().endsWith("/veth0"))
              .filter(row -> row.direction() == direction)
              .toList();
      assertThat(rows).hasSize(1);
      TruthRow row = rows.get(0);
      assertThat(plus(row.uids(), row.unattributed())).isEqualTo(row.device());
      return row;
    }

    @Override
    public void close() throws IOException {
      capture.close();
    }

    private static Amount plus(Amount a, Amount b) {
      return new Amount(a.bytes() + b.bytes(), a.packets() + b.packets());
    }
  }
}
