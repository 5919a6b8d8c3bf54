package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.kernel.Namespaces.Round;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.testing.KernelTest;

/** Others may make and remove namespaces on this machine meanwhile, so only ours are looked for. */
@KernelTest
class NamespacesTest {
  private Fd map;
  private Host host;

  @BeforeEach
  void open() {
    host = new Host();
    map = Bpf.createMap(new Bpf.NewMap("namespaces", 1, 8, 4, 64, 1));
  }

  @AfterEach
  void close() {
    map.close();
    host.close();
  }

  @Test
  void round_ownNamespace_isOneOfTheHost() {
    Round round = namespaces(map).round();
    assertThat(round.host()).isPositive();
    assertThat(isHost(NetworkNamespace.cookie())).isTrue();
    assertThat(isHost(1L << 60)).isFalse();
  }

  @Test
  void round_namespaceOfRoot_isOneOfTheHost() throws Exception {
    Process holder = hold("unshare", "--net");
    try {
      long before = namespaces(map).round().host();
      assertThat(before).isGreaterThanOrEqualTo(2);
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void round_namespaceOfAnotherUserNamespace_isForeignAndWatched() throws Exception {
    Process holder = hold("unshare", "--user", "--map-root-user", "--net");
    try {
      Namespaces namespaces = host.attach().namespaces();
      assertThat(namespaces.round().foreign()).isPositive();
      assertThat(host.attached().datapath().control().watchesForeignNamespaces()).isTrue();
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void round_mapIsFull_makesRoom() {
    try (Fd small = Bpf.createMap(new Bpf.NewMap("namespaces", 1, 8, 4, 1024, 1))) {
      for (long gone = 0; gone < 1024; gone++) {
        Bpf.update(small, key(1L << 50 | gone), new byte[4], Bpf.ANY);
      }
      namespaces(small).round();
      assertThat(Bpf.lookup(small, key(NetworkNamespace.cookie()), 4)).isPresent();
      assertThat(Bpf.lookup(small, key(1L << 50), 4)).isEmpty();
    }
  }

  @Test
  void round_always_leavesThisThreadWhereItWas() {
    long before = NetworkNamespace.cookie();
    namespaces(map).round();
    assertThat(NetworkNamespace.cookie()).isEqualTo(before);
  }

  private Namespaces namespaces(Fd target) {
    return new Namespaces(target, host.attached().datapath().control());
  }

  /** A process in namespaces of its own, which says when it is there. */
  private static Process hold(String... unshare) throws IOException {
    List<String> command = new ArrayList<>(List.of(unshare));
    command.addAll(List.of("bash", "-c", "echo ready; exec sleep 30"));
    Process process = new ProcessBuilder(command).start();
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    return process;
  }

  private boolean isHost(long cookie) {
    Optional<byte[]> flags = Bpf.lookup(map, key(cookie), Integer.BYTES);
    return flags.map(bytes -> (bytes[0] & 1) == 1).orElse(false);
  }

  private static byte[] key(long cookie) {
    return ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(cookie).array();
  }
}
