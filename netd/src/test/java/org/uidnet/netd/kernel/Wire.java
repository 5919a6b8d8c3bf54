package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.Patience;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;

/**
 * The programs at work on clients at one end of a wire; at its other end, and beside the clients on
 * their loopback, are servers that nobody judges.
 */
final class Wire implements AutoCloseable {
  static final long UID = 10_123;

  static final int METERED =
      Layouts.CHAIN_METERED_ALLOW
          | Layouts.CHAIN_METERED_DENY_USER
          | Layouts.CHAIN_METERED_DENY_ADMIN;

  /** For what will not come. */
  static final int PATIENCE = 60;

  /** For what will. */
  static final int SOON = Patience.of(2000);

  final Host host = new Host();
  final VethPair pair;
  final Attachment attachment;
  final RuleMaps rules;
  final Sockets clients;
  final Sockets servers;
  final Sockets neighbours;

  Wire(String name) {
    this(name, HostKernel.hasNamespaceCookies());
  }

  /**
   * @param cookies whether programs ask for the namespace of a packet; if not, they take it for the
   *     host's, which the clients' one is then made
   */
  Wire(String name, boolean cookies) {
    pair = new VethPair(name, 1500, true);
    attachment = host.attach(new Limits(1024, 512, 64, Cpus.possible(), cookies));
    attachment.namespaces().round();
    rules = attachment.rules();
    clients = new Sockets(Traffic.in(host.cgroup.path()).namespace(pair.clientNamespace()));
    servers = new Sockets(Traffic.outside().namespace(pair.serverNamespace()));
    neighbours = new Sockets(Traffic.outside().namespace(pair.clientNamespace()));
    if (!cookies) {
      makeHost();
    }
  }

  String clientAddress(boolean ipv6) {
    return ipv6 ? "fd00:77::1" : "10.77.0.1";
  }

  String serverAddress(boolean ipv6) {
    return pair.serverAddress(ipv6);
  }

  static String loopback(boolean ipv6) {
    return ipv6 ? "::1" : "127.0.0.1";
  }

  /** The wire's clients' end, as programs name it. */
  NetworkId network() {
    Path ifindex = Path.of("/sys/class/net/veth0/ifindex");
    return new NetworkId(
        Long.parseLong(Traffic.outside().namespace(pair.clientNamespace()).run("cookie")),
        Integer.parseInt(pair.in(pair.clientNamespace(), "cat %s", ifindex)));
  }

  /** Lets programs take the clients' namespace for the host's, whose interfaces rules name. */
  void makeHost() {
    Control control = rules.control();
    control.describe(
        control.slots(), control.cpus(), control.uidRows(), control.epoch(), network().netns());
  }

  void network(int flags) {
    rules.networks().put(network(), flags);
  }

  /** Chains of a UID below 65,536. */
  void rules(long uid, int bits) {
    rules.uids().setRules((int) uid, bits);
  }

  void flags(long uid, int bits) {
    rules.uids().setFlags((int) uid, bits);
  }

  /** What was refused of the UID so far. */
  Drop dropped(int reason, DropId.Call call) {
    return rules.drops().entries().getOrDefault(new DropId(UID, reason, call), Drop.NONE);
  }

  /** A chain's reason: the number of its bit. */
  static int reason(int chain) {
    return Integer.numberOfTrailingZeros(chain);
  }

  /** A client's TCP connection to the server, and the server's end of it. */
  record Connection(Sockets.Socket client, Sockets.Socket server) implements AutoCloseable {
    void assertCarries() {
      assertThat(client.send(5)).isEqualTo("5");
      assertThat(server.receive(SOON)).isEqualTo("5");
      assertThat(server.send(7)).isEqualTo("7");
      assertThat(client.receive(SOON)).isEqualTo("7");
    }

    @Override
    public void close() {
      client.reset();
      server.reset();
    }
  }

  Connection connect(Sockets.Socket listener, long uid, boolean ipv6) {
    return connect(listener, uid, serverAddress(ipv6), ipv6);
  }

  Connection connect(Sockets.Socket listener, long uid, String address, boolean ipv6) {
    Sockets.Socket client = clients.open(uid, "tcp", ipv6);
    assertThat(client.connect(address, listener.port(), SOON)).isEqualTo("ok");
    return new Connection(client, listener.accept());
  }

  static int bit(boolean condition, int bit) {
    return condition ? bit : 0;
  }

  @Override
  public void close() {
    clients.close();
    servers.close();
    neighbours.close();
    try (host;
        pair) {
      // both, whatever happens to one
    }
  }
}
