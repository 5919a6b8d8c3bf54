package org.uidnet.netd.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.sockets.SocketDestroyer.Cut;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Patience;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;

/**
 * With sockets of UIDs that nobody else has, in namespaces of the test's own: nothing of this host
 * is touched.
 */
@KernelTest
class SocketDestroyerTest {
  private static final long UID = 1_730_123;
  private static final long OTHER = 1_730_124;
  private static final int SOON = Patience.of(2000);
  private static final int PATIENCE = 50;
  private static final String ABORTED = "ECONNABORTED";

  private final SocketDestroyer destroyer = new SocketDestroyer();
  private VethPair pair;
  private Sockets clients;
  private Sockets servers;

  @BeforeEach
  void open() {
    pair = new VethPair("cut", 1500, true);
    clients = new Sockets(Traffic.outside().namespace(pair.clientNamespace()));
    servers = new Sockets(Traffic.outside().namespace(pair.serverNamespace()));
  }

  @AfterEach
  void close() {
    clients.close();
    servers.close();
    pair.close();
  }

  @Test
  void errno_thisKernel_canDestroyBoth() {
    assertThat(SocketDestroyer.errnoOfNoTcpSocket()).isEqualTo(Errno.ENOENT);
    assertThat(SocketDestroyer.errnoOfNoUdpSocket()).isEqualTo(Errno.ENOENT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void destroy_established_endsAtOnceAndNoOther(boolean ipv6) {
    try (Sockets.Socket listener = servers.server("tcp", ipv6);
        Sockets.Socket wanted = connected(UID, listener, ipv6);
        Sockets.Socket spared = connected(OTHER, listener, ipv6)) {
      Sockets.Socket first = listener.accept();
      Sockets.Socket second = listener.accept();

      assertThat(cut()).isEqualTo(new Cut(1, 0, 0, 0, false));

      assertThat(wanted.receive(SOON)).isEqualTo(ABORTED);
      assertThat(first.receive(SOON)).as("the other side").isEqualTo("ECONNRESET");
      assertThat(spared.send(5)).isEqualTo("5");
      assertThat(second.receive(SOON)).isEqualTo("5");
      first.close();
      second.close();
    }
  }

  /** A daemon that judges one cgroup cuts nobody else's. */
  @Test
  void destroy_ofACgroup_sparesOthersOfTheUid() {
    try (TestCgroup cgroup = TestCgroup.create();
        Sockets inside = new Sockets(Traffic.in(cgroup.path()).namespace(pair.clientNamespace()));
        Sockets.Socket listener = servers.server("tcp", false);
        Sockets.Socket spared = connected(UID, listener, false);
        Sockets.Socket first = listener.accept();
        Sockets.Socket wanted = inside.open(UID, "tcp", false)) {
      assertThat(wanted.connect(pair.serverAddress(false), listener.port(), SOON)).isEqualTo("ok");
      Sockets.Socket second = listener.accept();

      var ofCgroup = new SocketDestroyer(new Cgroup(cgroup.path())::members);
      assertThat(ofCgroup.destroy(uid -> uid == UID)).isEqualTo(new Cut(1, 0, 0, 0, false));

      assertThat(wanted.receive(SOON)).isEqualTo(ABORTED);
      assertThat(spared.send(5)).isEqualTo("5");
      assertThat(first.receive(SOON)).isEqualTo("5");
      second.close();
    }
  }

  /** Both ends, in two namespaces. */
  @Test
  void destroy_severalNamespaces_reachesAll() {
    try (Sockets.Socket listener = servers.server("tcp", false);
        Sockets.Socket there = connected(UID, listener, false);
        Sockets.Socket accepted = listener.accept();
        Sockets.Socket listenerHere = clients.server("tcp", true);
        Sockets.Socket back = servers.open(UID, "tcp", true)) {
      assertThat(back.connect("fd00:77::1", listenerHere.port(), SOON)).isEqualTo("ok");
      Sockets.Socket acceptedHere = listenerHere.accept();

      assertThat(cut().tcp()).isEqualTo(2);

      assertThat(there.receive(SOON)).isEqualTo(ABORTED);
      assertThat(back.receive(SOON)).isEqualTo(ABORTED);
      acceptedHere.close();
      accepted.receive(SOON);
    }
  }

  /** Nobody answers at its address. */
  @ParameterizedTest
  @CsvSource({"10.77.0.99, false", "fd00:77::99, true"})
  void destroy_connecting_failsAtOnce(String nobody, boolean ipv6) {
    pair.in(
        pair.clientNamespace(),
        "ip neigh replace %s lladdr 02:00:00:00:00:99 dev veth0 nud permanent",
        nobody);
    try (Sockets.Socket client = clients.open(UID, "tcp", ipv6)) {
      assertThat(client.connect(nobody, 80, PATIENCE)).isEqualTo("waiting");
      assertThat(cut()).isEqualTo(new Cut(1, 0, 0, 0, false));
      assertThat(client.receive(SOON)).isEqualTo(ABORTED);
    }
  }

  @Test
  void destroy_mappedAddress_isCut() {
    try (Sockets.Socket listener = servers.server("tcp", true);
        Sockets.Socket client = clients.open(UID, "tcp", true)) {
      assertThat(client.connect("::ffff:10.77.0.2", listener.port(), SOON)).isEqualTo("ok");
      assertThat(cut().tcp()).isEqualTo(1);
      assertThat(client.receive(SOON)).isEqualTo(ABORTED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void destroy_listener_livesOn(boolean ipv6) {
    try (Sockets.Socket listener = servers.open(UID, "tcp", ipv6)) {
      assertThat(listener.call("bind", ipv6 ? "::" : "0.0.0.0", 0)).isEqualTo("ok");
      assertThat(listener.call("listen")).isEqualTo("ok");

      assertThat(cut()).isEqualTo(new Cut(0, 0, 0, 0, false));

      try (Sockets.Socket client = connected(OTHER, listener, ipv6);
          Sockets.Socket accepted = listener.accept()) {
        assertThat(client.send(5)).isEqualTo("5");
        assertThat(accepted.receive(SOON)).isEqualTo("5");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false",
    "127.1.2.3, false",
    "10.77.0.1, false",
    "::1, true",
    "fd00:77::1, true",
    "::ffff:127.0.0.1, true"
  })
  void destroy_withinThisHost_livesOn(String address, boolean ipv6) {
    try (Sockets.Socket listener = clients.server("tcp", ipv6);
        Sockets.Socket client = clients.open(UID, "tcp", ipv6)) {
      assertThat(client.connect(address, listener.port(), SOON)).isEqualTo("ok");
      try (Sockets.Socket accepted = listener.accept()) {
        assertThat(cut()).isEqualTo(new Cut(0, 0, 0, 0, false));
        assertThat(client.send(5)).isEqualTo("5");
        assertThat(accepted.receive(SOON)).isEqualTo("5");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void destroy_connectedUdp_getsTheErrorOnceAndStaysUsable(boolean ipv6) {
    try (Sockets.Socket server = servers.server("udp", ipv6);
        Sockets.Socket client = clients.open(UID, "udp", ipv6);
        Sockets.Socket loose = clients.open(UID, "udp", ipv6)) {
      assertThat(client.connect(pair.serverAddress(ipv6), server.port(), SOON)).isEqualTo("ok");
      assertThat(loose.sendTo(pair.serverAddress(ipv6), server.port(), 3)).isEqualTo("3");
      int port = loose.port();

      assertThat(cut()).isEqualTo(new Cut(0, 1, 0, 0, false));

      assertThat(client.receive(SOON)).isEqualTo(ABORTED);
      assertThat(client.sendTo(pair.serverAddress(ipv6), server.port(), 5)).isEqualTo("5");
      assertThat(loose.receive(PATIENCE)).isEqualTo("waiting");
      assertThat(loose.port()).isEqualTo(port);
    }
  }

  /** Several at once, more than one answer of the kernel holds. */
  @Test
  void destroy_many_endsAll() {
    int many = 800;
    try (Sockets.Socket listener = servers.server("tcp", false)) {
      for (int i = 0; i < many; i++) {
        connected(i % 2 == 0 ? UID : OTHER, listener, false);
        listener.accept();
      }
      assertThat(cut().tcp()).isEqualTo(many / 2);
      assertThat(cut().tcp()).isZero();
      assertThat(destroyer.destroy(uid -> uid == OTHER).tcp()).isEqualTo(many / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void destroyEvent_itsConnectionOnly(boolean ipv6) {
    try (Sockets.Socket listener = servers.server("tcp", ipv6);
        Sockets.Socket wanted = connected(UID, listener, ipv6);
        Sockets.Socket twin = connected(UID, listener, ipv6)) {
      Event event = refused(wanted, listener, ipv6, wanted.cookie());

      assertThat(destroyer.destroy(refused(wanted, listener, ipv6, twin.cookie())))
          .as("the cookie of another")
          .isFalse();
      assertThat(destroyer.destroy(event)).isTrue();
      assertThat(destroyer.destroy(event)).as("gone").isFalse();

      assertThat(wanted.receive(SOON)).isEqualTo(ABORTED);
      assertThat(twin.send(5)).isEqualTo("5");
      listener.accept().close();
    }
  }

  /** Refused on its way in, with the listener's own cookie: what an event of a SYN says. */
  @Test
  void destroyEvent_listener_livesOn() {
    try (Sockets.Socket listener = servers.server("tcp", false)) {
      InetSocketAddress here = new InetSocketAddress(pair.serverAddress(false), listener.port());
      InetSocketAddress stranger = new InetSocketAddress("10.77.0.1", 40_000);
      long netns = Long.parseLong(cookie(pair.serverNamespace()));
      Event event =
          event(DropId.Call.INGRESS, netns, listener.cookie(), new Flow(6, stranger, here));

      assertThat(destroyer.destroy(event)).isFalse();

      try (Sockets.Socket client = connected(UID, listener, false);
          Sockets.Socket accepted = listener.accept()) {
        assertThat(client.send(5)).isEqualTo("5");
        assertThat(accepted.receive(SOON)).isEqualTo("5");
      }
    }
  }

  private Event refused(
      Sockets.Socket client, Sockets.Socket listener, boolean ipv6, long socketCookie) {
    InetSocketAddress source =
        new InetSocketAddress(ipv6 ? "fd00:77::1" : "10.77.0.1", client.port());
    InetSocketAddress target = new InetSocketAddress(pair.serverAddress(ipv6), listener.port());
    long netns = Long.parseLong(cookie(pair.clientNamespace()));
    return event(DropId.Call.EGRESS, netns, socketCookie, new Flow(6, source, target));
  }

  private static Event event(DropId.Call call, long netns, long socketCookie, Flow flow) {
    return new Event(0, new DropId(UID, 0, call), netns, socketCookie, 0, 60, Optional.of(flow));
  }

  private static String cookie(String namespace) {
    return Traffic.outside().namespace(namespace).run("cookie");
  }

  private Cut cut() {
    return destroyer.destroy(uid -> uid == UID);
  }

  private Sockets.Socket connected(long uid, Sockets.Socket listener, boolean ipv6) {
    Sockets.Socket client = clients.open(uid, "tcp", ipv6);
    assertThat(client.connect(pair.serverAddress(ipv6), listener.port(), SOON)).isEqualTo("ok");
    return client;
  }
}
