package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.layout.SlotState;

/** Real users tag real sockets, over HTTP and over {@code tag.sock}. */
@KernelTest
@Timeout(60)
class SocketTagsTest extends DaemonTest {
  private static final long UID = 31_301;
  private static final long OTHER = 31_302;
  private static final long CHARGED = 31_303;
  private static final int IP_AND_UDP = 28;
  private static final int IP_AND_TCP = 52; // with time stamps
  private static final long TAG = 0xF00D;
  private static final String TAGS = "/v1/sockets/tags";

  private Sockets own;
  private Sockets servers;
  private Socket server;

  @BeforeEach
  void openSockets() throws IOException {
    Files.setPosixFilePermissions(daemon.directory(), PosixFilePermissions.fromString("rwx--x--x"));
    own = new Sockets(daemon.traffic().as(UID));
    servers = new Sockets(Traffic.outside());
    server = servers.open(0, "udp", false);
    assertThat(server.call("bind", "127.0.0.1", 0)).isEqualTo("ok");
  }

  @AfterEach
  void closeSockets() {
    own.close();
    servers.close();
  }

  /** Asks over HTTP as that user; answers status and body. */
  private String ask(long uid, String method, String target, String body) {
    return Traffic.outside()
        .as(uid)
        .run("http", daemon.directory().resolve("api.sock"), method, target, body);
  }

  private String tag(long uid, int pid, int fd, String more) {
    return ask(
        uid, "POST", TAGS, "{\"pid\":%d,\"fd\":%d,\"tag\":%d%s}".formatted(pid, fd, TAG, more));
  }

  private static String errno(String answer) {
    return answer.replaceFirst("(?s)^(\\d+) .*\"errno\":\"(\\w+)\".*$", "$1 $2");
  }

  private Socket udp() {
    return own.open(UID, "udp", false);
  }

  private void send(Socket socket, int bytes) {
    assertThat(socket.sendTo("127.0.0.1", server.port(), bytes)).isEqualTo("" + bytes);
  }

  /** What all of a user's datagrams have carried, by tag. */
  private Map<Long, Long> sent(long uid) {
    Datapath datapath = daemon.platform().datapath();
    Map<Long, Long> sent = new HashMap<>();
    for (int slot = 1; slot < datapath.slots().slots(); slot++) {
      var id = datapath.slotKeys().id(slot);
      if (datapath.slotKeys().state(slot) == SlotState.LIVE && id.uid() == uid) {
        sent.merge(id.tag(), datapath.slots().read(slot).wire().txBytes(), Long::sum);
      }
    }
    return sent;
  }

  // ---- one's own ------------------------------------------------------------------------------

  @Test
  void user_tagsItsOwnSocket_retagsIt_andTakesTheTagOff() {
    Socket socket = udp();
    int fd = socket.descriptor();
    send(socket, 10);

    assertThat(tag(UID, own.pid(), fd, ""))
        .isEqualTo(
            "200 {\"tagged\":true,\"changed\":true,\"cookie\":%d,\"owner\":%d,\"tag\":%d,\"chargeUid\":%d}"
                .formatted(socket.cookie(), UID, TAG, UID));
    send(socket, 20);
    assertThat(tag(UID, own.pid(), fd, ",\"chargeUid\":" + UID)).contains("\"changed\":false");
    ask(UID, "POST", TAGS, "{\"pid\":%d,\"fd\":%d,\"tag\":7}".formatted(own.pid(), fd));
    send(socket, 300);
    String untag = TAGS + "?pid=" + own.pid() + "&fd=" + fd;
    assertThat(ask(UID, "DELETE", untag, "")).contains("\"tagged\":false,\"changed\":true");
    send(socket, 4000);

    assertThat(sent(UID))
        .isEqualTo(
            Map.of(0L, 4010L + 2 * IP_AND_UDP, TAG, 20L + IP_AND_UDP, 7L, 300L + IP_AND_UDP));
    assertThat(ask(UID, "DELETE", untag, "")).startsWith("200 ").contains("\"changed\":false");
    assertThat(errno(ask(UID, "DELETE", untag + "&strict=true", ""))).isEqualTo("404 ENOENT");
  }

  @Test
  void user_namesItsSocketsByTheirEnds() {
    Socket udp = udp();
    assertThat(udp.call("bind", "127.0.0.1", 0)).isEqualTo("ok");
    Socket listener = servers.server("tcp", false);
    Socket tcp = own.open(UID, "tcp", false);
    assertThat(tcp.connect("127.0.0.1", listener.port(), 1000)).isEqualTo("ok");
    String udpEnds = "\"protocol\":\"udp\",\"local\":\"127.0.0.1:%d\"".formatted(udp.port());
    String tcpEnds =
        "\"protocol\":\"tcp\",\"local\":\"127.0.0.1:%d\",\"remote\":\"127.0.0.1:%d\""
            .formatted(tcp.port(), listener.port());

    assertThat(tagEnds(udpEnds, TAG)).startsWith("200 {\"tagged\":true,\"changed\":true");
    assertThat(tagEnds(tcpEnds, 7)).startsWith("200 {\"tagged\":true,\"changed\":true");

    send(udp, 10);
    assertThat(tcp.send(5)).isEqualTo("5");
    assertThat(sent(UID)).containsEntry(TAG, 10L + IP_AND_UDP).containsEntry(7L, 5L + IP_AND_TCP);
    String untag =
        TAGS + "?pid=%d&protocol=udp&local=127.0.0.1:%d".formatted(own.pid(), udp.port());
    assertThat(ask(UID, "DELETE", untag, "")).contains("\"changed\":true");
  }

  private String tagEnds(String ends, long tag) {
    return ask(UID, "POST", TAGS, "{\"pid\":%d,%s,\"tag\":%d}".formatted(own.pid(), ends, tag));
  }

  // ---- others' --------------------------------------------------------------------------------

  @Test
  void user_maySeeNothingOfOthers() throws Exception {
    Socket socket = udp();
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    assertThat(errno(tag(OTHER, own.pid(), socket.descriptor(), ""))).isEqualTo("403 EPERM");
    assertThat(errno(tag(OTHER, own.pid(), 1000, ""))).as("closed").isEqualTo("403 EPERM");
    assertThat(errno(tag(OTHER, 1, 0, ""))).as("of root").isEqualTo("403 EPERM");
    assertThat(errno(tag(OTHER, (int) ended.pid(), 0, ""))).isEqualTo("404 ESRCH");
    String untag = TAGS + "?pid=" + own.pid() + "&fd=" + socket.descriptor();
    assertThat(errno(ask(OTHER, "DELETE", untag, ""))).isEqualTo("403 EPERM");
  }

  /** A process may hold a socket that is another's: a service that took it from its user. */
  @Test
  void user_whoseProcessHoldsAnothersSocket_mayNotTagIt() {
    try (Sockets mixed = new Sockets(daemon.traffic())) {
      Socket others = mixed.open(OTHER, "udp", false);
      assertThat(errno(tag(UID, mixed.pid(), others.descriptor(), ""))).isEqualTo("403 EPERM");
      assertThat(tag(0, mixed.pid(), others.descriptor(), ""))
          .contains("\"owner\":" + OTHER)
          .contains("\"chargeUid\":" + OTHER);
    }
  }

  @Test
  void user_mayChargeNobodyElse_rootMay() {
    Socket socket = udp();
    int fd = socket.descriptor();

    assertThat(errno(tag(UID, own.pid(), fd, ",\"chargeUid\":" + CHARGED))).isEqualTo("403 EPERM");
    assertThat(tag(0, own.pid(), fd, ",\"chargeUid\":" + CHARGED)).startsWith("200 ");

    send(socket, 10);
    assertThat(sent(CHARGED)).isEqualTo(Map.of(TAG, 10L + IP_AND_UDP));
    assertThat(sent(UID)).isEmpty();
  }

  @Test
  void whatIsNoSuchSocket_isRefusedWithAndroidsErrno() {
    int pid = own.pid();

    assertThat(errno(tag(UID, pid, 1000, ""))).isEqualTo("404 EBADF");
    assertThat(errno(tag(UID, pid, 0, ""))).as("a pipe").isEqualTo("400 ENOTSOCK");
    assertThat(errno(tag(UID, pid, own.open(UID, "unix", false).descriptor(), "")))
        .isEqualTo("400 EAFNOSUPPORT");
    assertThat(errno(tag(UID, pid, own.open(UID, "mptcp", false).descriptor(), "")))
        .isEqualTo("400 EPROTONOSUPPORT");
    assertThat(errno(ask(UID, "DELETE", TAGS + "?pid=" + pid + "&protocol=tcp&local=[::1]:1", "")))
        .isEqualTo("404 EBADF");
  }

  // ---- other ways in --------------------------------------------------------------------------

  /** Root in its own namespace, the same user to the host. */
  @Test
  void user_inAUserNamespace_tagsItsSockets() {
    try (Sockets inside = new Sockets(daemon.traffic().as(UID).unshared())) {
      Socket receiver = inside.open(0, "udp", false);
      assertThat(receiver.call("bind", "127.0.0.1", 0)).isEqualTo("ok");
      Socket sender = inside.open(0, "udp", false);

      assertThat(tag(UID, inside.pid(), sender.descriptor(), "")).contains("\"owner\":" + UID);

      assertThat(sender.sendTo("127.0.0.1", receiver.port(), 10)).isEqualTo("10");
      assertThat(sent(UID)).containsEntry(TAG, 10L + IP_AND_UDP);
    }
  }

  /** As users copy it from the documentation. */
  @Test
  void example_tagsASocketOfItsOwn() {
    Path program = daemon.directory().resolve("tag-socket");
    Commands.line("clang-14 -Wall -Werror ../docs/examples/tag-socket.c -o %s", program);

    String answer =
        Commands.run(
            "bash",
            "-c",
            "echo $$ > \"$0/cgroup.procs\" && exec setpriv --reuid=%d --clear-groups \"$@\""
                .formatted(UID),
            daemon.cgroup().toString(),
            program.toString(),
            daemon.directory().resolve("tag.sock").toString(),
            "0xF00D",
            "127.0.0.1",
            Integer.toString(server.port()));

    assertThat(answer).contains("\"tagged\":true").contains("\"tag\":61453");
    assertThat(sent(UID)).isEqualTo(Map.of(TAG, 5L + IP_AND_UDP));
  }

  // ---- what is left ---------------------------------------------------------------------------

  /** Nothing is cleaned up when a socket closes, as there is nothing that would stay. */
  @Test
  @Timeout(180)
  void sockets_100000TaggedAndClosed_leaveNothing() throws IOException {
    tagMany(2_000);
    PinnedCounters maps = new PinnedCounters(daemon.bpffs());
    Map<String, Long> entries = maps.entries();
    long slab = unreclaimableSlab();

    for (int thousands = 0; thousands < 100; thousands += 20) {
      tagMany(20_000);
    }

    assertThat(maps.entries()).isEqualTo(entries).containsKeys("slot_index", "uid_rows", "drops");
    Settled.assertEquals(
        "the kernel's slab grew by less than a MiB",
        () -> unreclaimableSlab() - slab < 1024,
        () -> true);
  }

  private void tagMany(int count) {
    Path socket = daemon.directory().resolve("tag.sock");
    daemon.traffic().as(UID).run("tag-sockets", socket, count, 500, TAG);
  }

  /** In KiB; what sockets and their storage are in. */
  private static long unreclaimableSlab() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("SUnreclaim:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
