package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.VethPair;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.Networks.View;
import org.uidnet.programs.Traffic;

@KernelTest
class KernelNetworksTest {
  private static final int PACKETS = 20;

  /** 100 bytes with the headers of UDP and IPv4. */
  private static final int PACKET = 128;

  private final KernelNetworks networks = new KernelNetworks();

  @Test
  void interfaces_ofTheHost() {
    List<Interface> host = networks.interfaces().stream().filter(Interface::host).toList();

    assertThat(host).extracting(Interface::netns).containsOnly(host.get(0).netns());
    Interface lo = host.stream().filter(i -> i.name().equals("lo")).findFirst().orElseThrow();
    assertThat(lo.ifindex()).isEqualTo(1);
    assertThat(lo.kind()).isEqualTo("loopback");
    assertThat(lo.linkHeader()).isZero();
  }

  @Test
  @SuppressWarnings("try") // it is enough that the pair is there
  void interfaces_ofOtherNamespacesOnceEach() {
    try (VethPair pair = new VethPair("nets", 1500, true)) {
      List<Interface> veths = find("veth0").toList();

      assertThat(veths).hasSize(2).noneMatch(Interface::host);
      assertThat(veths).extracting(Interface::netns).doesNotHaveDuplicates();
      assertThat(veths).extracting(Interface::kind).containsOnly("veth");
      assertThat(veths).extracting(Interface::view).containsOnly(View.DEVICE);
    }
  }

  @Test
  void interfaces_viewFollowsTheOffloads() {
    try (VethPair pair = new VethPair("nets", 1500, true)) {
      pair.in(pair.clientNamespace(), "ethtool -K veth0 tso off");

      assertThat(find("veth0"))
          .extracting(Interface::view)
          .containsExactlyInAnyOrder(View.WIRE, View.DEVICE);
    }
  }

  @Test
  void interfaces_countersAreExactFromTheNetworkHeaderOn() {
    try (VethPair pair = new VethPair("nets", 1500, true)) {
      pair.in(pair.clientNamespace(), "sysctl -qw net.ipv6.conf.all.disable_ipv6=1");
      pair.in(pair.serverNamespace(), "sysctl -qw net.ipv6.conf.all.disable_ipv6=1");

      Traffic sent = sentTo(pair, pair.serverAddress(false), "veth0");
      Traffic looped = sentTo(pair, "127.0.0.1", "lo");

      assertThat(sent.txPackets()).isEqualTo(PACKETS);
      assertThat(sent.txBytes()).isEqualTo(PACKETS * PACKET);
      assertThat(looped.rxBytes()).isEqualTo(looped.txBytes());
      assertThat(looped.txBytes()).isGreaterThanOrEqualTo(PACKETS * PACKET);
      assertThat((looped.txBytes() - PACKETS * PACKET) % ICMP_ANSWER).isZero();
    }
  }

  /** What a closed port answers with: IPv4, ICMP, and the refused packet, all of it. */
  private static final int ICMP_ANSWER = 20 + 8 + PACKET;

  @Test
  void interfaces_bridgeIsExactInBothDirections() {
    try (VethPair pair = new VethPair("nets", 1500, true)) {
      for (String namespace : List.of(pair.clientNamespace(), pair.serverNamespace())) {
        pair.in(namespace, "sysctl -qw net.ipv6.conf.all.disable_ipv6=1");
        pair.in(namespace, "ip addr flush dev veth0");
        // A bridge that snoops joins a group of its own, and says so.
        pair.in(namespace, "ip link add br0 type bridge mcast_snooping 0");
        pair.in(namespace, "sysctl -qw net.ipv6.conf.br0.disable_ipv6=1");
        pair.in(namespace, "ip link set veth0 master br0");
        pair.in(namespace, "ip link set br0 up");
      }
      pair.in(pair.clientNamespace(), "ip addr add 10.77.0.1/24 dev br0");
      pair.in(pair.serverNamespace(), "ip addr add 10.77.0.2/24 dev br0");
      String mac = pair.in(pair.serverNamespace(), "cat /sys/class/net/br0/address");
      pair.in(pair.clientNamespace(), "ip neigh replace 10.77.0.2 lladdr %s dev br0", mac);

      List<Interface> before = bridges();
      send(pair, pair.serverAddress(false));
      List<Interface> after = bridges();

      assertThat(differences(before, after))
          .anySatisfy(t -> assertWhole(t.txPackets(), t.txBytes()))
          .anySatisfy(t -> assertWhole(t.rxPackets(), t.rxBytes()));
    }
  }

  /** All of ours, and whole ARP packets of 28 bytes besides. */
  private static void assertWhole(long packets, long bytes) {
    assertThat(packets).isGreaterThanOrEqualTo(PACKETS);
    assertThat(bytes).isEqualTo(PACKETS * PACKET + 28 * (packets - PACKETS));
  }

  private List<Interface> bridges() {
    return find("br0").toList();
  }

  private static List<Traffic> differences(List<Interface> before, List<Interface> after) {
    List<Traffic> differences = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      differences.add(after.get(i).networkBytes().minus(before.get(i).networkBytes()));
    }
    return differences;
  }

  @Test
  @SuppressWarnings("try") // it is enough that the pair is there
  void interfaces_leavesThisThreadAndNoDescriptorBehind() throws IOException {
    try (VethPair pair = new VethPair("nets", 1500, true)) {
      networks.interfaces();
      Path here = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
      int open = Fd.openCount();

      networks.interfaces();

      assertThat(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"))).isEqualTo(here);
      assertThat(Fd.openCount()).isEqualTo(open);
      // A thread that has answered may take a moment to end.
      Settled.assertEquals("threads elsewhere", () -> threadsElsewhere(here), List::of);
    }
  }

  /** Threads of this JVM that live in a foreign namespace. */
  private static List<Path> threadsElsewhere(Path here) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .filter(task -> namespace(task).filter(ns -> !ns.equals(here)).isPresent())
          .toList();
    }
  }

  private static Optional<Path> namespace(Path task) {
    try {
      return Optional.of(Files.readSymbolicLink(task.resolve("ns/net")));
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }

  private Stream<Interface> find(String name) {
    return networks.interfaces().stream().filter(i -> !i.host() && i.name().equals(name));
  }

  private Traffic sentTo(VethPair pair, String address, String device) {
    List<Interface> before = find(device).toList();
    send(pair, address);
    List<Interface> after = find(device).toList();
    return differences(before, after).stream()
        .filter(t -> t.txPackets() > 0)
        .reduce((a, b) -> a.txPackets() >= b.txPackets() ? a : b)
        .orElseThrow();
  }

  private static void send(VethPair pair, String address) {
    String script =
        "for i in $(seq %d); do head -c 100 /dev/zero > /dev/udp/%s/9; sleep 0.01; done; true"
            .formatted(PACKETS, address);
    Commands.run("ip", "netns", "exec", pair.clientNamespace(), "bash", "-c", script);
  }
}
