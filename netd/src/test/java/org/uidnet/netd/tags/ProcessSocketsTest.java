package org.uidnet.netd.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SocketFacts;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SocketName;
import org.uidnet.programs.SocketName.Transport;

/** Sockets of this very process, found as those of any other. */
class ProcessSocketsTest {
  private static final int PID = (int) ProcessHandle.current().pid();
  private static final OptionalLong ANYBODY = OptionalLong.empty();

  @TempDir Path directory;
  private final ProcessSockets sockets = new ProcessSockets();
  private final List<NetworkChannel> opened = new ArrayList<>();
  private int before;

  @BeforeEach
  void countDescriptors() {
    before = Fd.openCount();
  }

  @AfterEach
  void close() throws IOException {
    for (NetworkChannel channel : opened) {
      channel.close();
    }
    assertThat(Fd.openCount()).as("descriptors that are open after the test").isEqualTo(before);
  }

  private <T extends NetworkChannel> T opened(T channel) {
    opened.add(channel);
    return channel;
  }

  private static InetSocketAddress loopback(String address) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), 0);
  }

  private static InetSocketAddress end(NetworkChannel channel) throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  private static OptionalLong own() {
    try {
      return OptionalLong.of((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String errno(SocketName name, OptionalLong asker) {
    return catchThrowableOfType(ErrnoException.class, () -> sockets.open(name, asker)).errno();
  }

  /** Descriptors of this process whose links begin like this. */
  private static List<Integer> descriptors(String link) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> linkOf(fd).startsWith(link))
          .map(fd -> Integer.parseInt(fd.getFileName().toString()))
          .toList();
    }
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void ofProcess_isASocketOfItsOwn() throws IOException {
    DatagramChannel udp = opened(DatagramChannel.open(StandardProtocolFamily.INET));
    udp.bind(loopback("127.0.0.1"));
    int descriptor = descriptorOf(end(udp));

    try (OpenSocket socket = sockets.open(new SocketName.OfProcess(PID, descriptor), own())) {
      assertThat(socket.descriptor()).isNotEqualTo(descriptor);
      assertThat(socket.domain()).isEqualTo(OpenSocket.AF_INET);
      assertThat(socket.protocol()).isEqualTo(17);
      assertThat(OptionalLong.of(socket.owner())).isEqualTo(own());
      assertThat(socket.cookie()).isEqualTo(SocketFacts.cookie(descriptor)).isPositive();
      assertThat(socket.netns()).isEqualTo(SocketFacts.namespaceCookie(descriptor));
      assertThat(SocketFacts.local(socket.descriptor())).contains(end(udp));
    }
  }

  /** Of the only socket with this end. */
  private static int descriptorOf(InetSocketAddress end) throws IOException {
    return descriptors("socket:").stream()
        .filter(fd -> SocketFacts.local(fd).filter(end::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void passed_staysOpen() throws IOException {
    DatagramChannel udp = opened(DatagramChannel.open(StandardProtocolFamily.INET));
    udp.bind(loopback("127.0.0.1"));
    int descriptor = descriptorOf(end(udp));

    sockets.open(new SocketName.Passed(descriptor), ANYBODY).close();

    assertThat(SocketFacts.local(descriptor)).contains(end(udp));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void byEnds_connected(String address) throws IOException {
    ServerSocketChannel listener = opened(ServerSocketChannel.open().bind(loopback(address)));
    SocketChannel client = opened(SocketChannel.open(listener.getLocalAddress()));
    SocketChannel accepted = opened(listener.accept());
    Optional<InetSocketAddress> there = Optional.of(end(listener));

    assertFound(Transport.TCP, end(client), there, client);
    assertFound(Transport.TCP, end(accepted), Optional.of(end(client)), accepted);
    assertFound(Transport.TCP, end(listener), Optional.empty(), listener);
  }

  private void assertFound(
      Transport protocol,
      InetSocketAddress local,
      Optional<InetSocketAddress> remote,
      NetworkChannel expected)
      throws IOException {
    var name = new SocketName.ByEnds(PID, protocol, local, remote);
    try (OpenSocket socket = sockets.open(name, own())) {
      assertThat(SocketFacts.local(socket.descriptor())).contains(end(expected));
    }
  }

  /** An IPv6 socket that speaks IPv4 has the IPv4 address that Java shows. */
  @Test
  void byEnds_ipv4OverAnIpv6Socket() throws IOException {
    ServerSocketChannel listener = opened(ServerSocketChannel.open().bind(loopback("127.0.0.1")));
    SocketChannel client = opened(SocketChannel.open(listener.getLocalAddress()));

    var name = new SocketName.ByEnds(PID, Transport.TCP, end(client), Optional.of(end(listener)));
    try (OpenSocket socket = sockets.open(name, ANYBODY)) {
      assertThat(socket.domain()).isEqualTo(OpenSocket.AF_INET6);
    }
  }

  @Test
  void byEnds_ofAnyAddress_isThatOfBothFamilies() throws IOException {
    DatagramChannel udp = opened(DatagramChannel.open().bind(new InetSocketAddress(0)));
    int port = end(udp).getPort();

    for (String any : List.of("0.0.0.0", "::")) {
      InetSocketAddress local = new InetSocketAddress(InetAddress.getByName(any), port);
      assertFound(Transport.UDP, local, Optional.empty(), udp);
    }
  }

  @Test
  void byEnds_ofAnotherSocket_isEbadf() throws IOException {
    DatagramChannel udp = opened(DatagramChannel.open(StandardProtocolFamily.INET));
    udp.bind(loopback("127.0.0.1"));
    InetSocketAddress local = end(udp);
    InetSocketAddress other = new InetSocketAddress("127.0.0.1", 1);

    assertThat(errno(new SocketName.ByEnds(PID, Transport.TCP, local, Optional.empty()), ANYBODY))
        .isEqualTo("EBADF");
    assertThat(errno(new SocketName.ByEnds(PID, Transport.UDP, other, Optional.empty()), ANYBODY))
        .isEqualTo("EBADF");
    var refusal =
        catchThrowableOfType(
            ErrnoException.class,
            () ->
                sockets.open(
                    new SocketName.ByEnds(PID, Transport.UDP, local, Optional.of(other)), ANYBODY));
    assertThat(refusal)
        .hasMessage(
            "There is no such socket: the UDP socket from 127.0.0.1:%d to 127.0.0.1:1 of process"
                    .formatted(local.getPort())
                + " "
                + PID
                + ".");
  }

  @Test
  void byEnds_ofSeveralSockets_isEnotuniq() throws IOException {
    DatagramChannel first = opened(DatagramChannel.open(StandardProtocolFamily.INET));
    first.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(loopback("127.0.0.1"));
    DatagramChannel second = opened(DatagramChannel.open(StandardProtocolFamily.INET));
    second.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(end(first));

    assertThat(
            errno(new SocketName.ByEnds(PID, Transport.UDP, end(first), Optional.empty()), ANYBODY))
        .isEqualTo("ENOTUNIQ");
  }

  @Test
  void noSuchProcess_isEsrch() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    int pid = (int) ended.pid();

    assertThat(errno(new SocketName.OfProcess(pid, 0), ANYBODY)).isEqualTo("ESRCH");
    assertThat(errno(new SocketName.OfProcess(pid, 0), own())).isEqualTo("ESRCH");
  }

  @Test
  void noSuchDescriptor_isEbadf() {
    var refusal =
        catchThrowableOfType(
            ErrnoException.class,
            () -> sockets.open(new SocketName.OfProcess(PID, 1_000_000), ANYBODY));

    assertThat(refusal.errno()).isEqualTo("EBADF");
    assertThat(refusal)
        .hasMessageStartingWith("Cannot open descriptor 1000000 of process " + PID + ": ");
  }

  @Test
  void noSocket_isEnotsock() throws IOException {
    int file = descriptors("/").get(0);

    assertThat(errno(new SocketName.OfProcess(PID, file), ANYBODY)).isEqualTo("ENOTSOCK");
    assertThat(errno(new SocketName.Passed(file), ANYBODY)).isEqualTo("ENOTSOCK");
  }

  /** Whether it can be tagged is not decided here. */
  @Test
  void unixSocket_isASocketToo() throws IOException {
    ServerSocketChannel listener =
        opened(ServerSocketChannel.open(StandardProtocolFamily.UNIX))
            .bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
    int descriptor =
        descriptors("socket:").stream()
            .filter(fd -> SocketFacts.domain(fd) == 1)
            .findFirst()
            .orElseThrow();

    try (OpenSocket socket = sockets.open(new SocketName.OfProcess(PID, descriptor), ANYBODY)) {
      assertThat(socket.domain()).isEqualTo(1);
    }
    assertThat(listener.isOpen()).isTrue();
  }

  @Test
  void anothersProcess_isNotLookedInto() {
    OptionalLong stranger = OptionalLong.of(own().getAsLong() + 1);
    var refusal =
        catchThrowableOfType(
            ErrnoException.class,
            () -> sockets.open(new SocketName.OfProcess(PID, 1_000_000), stranger));

    assertThat(refusal.errno()).isEqualTo("EPERM");
    assertThat(refusal)
        .hasMessage(
            "UID %d may not look into process %d: it is another UID's, or has privileges. A process can pass its socket itself, over tag.sock."
                .formatted(stranger.getAsLong(), PID));
  }

  @Test
  void threadOfAProcess_isNoProcess() throws IOException {
    int thread;
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      thread =
          threads
              .map(task -> Integer.parseInt(task.getFileName().toString()))
              .filter(id -> id != PID)
              .findFirst()
              .orElseThrow();
    }

    assertThat(errno(new SocketName.OfProcess(thread, 0), ANYBODY)).isIn("EINVAL", "ENOENT");
  }
}
