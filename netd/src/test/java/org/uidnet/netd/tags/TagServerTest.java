package org.uidnet.netd.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.SocketTags;
import org.uidnet.api.TagLines;
import org.uidnet.api.model.TaggedSocket;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Passing;
import org.uidnet.programs.SocketName;

/** {@code tag.sock}, with fakes behind it. */
@Timeout(60)
class TagServerTest {
  private static final Duration IDLE = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final Recorder tags = new Recorder();
  private volatile OptionalLong peer = OptionalLong.of(1000);
  private TagServer server;
  private int before;

  /** Remembers which files were passed. */
  private static final class Recorder implements SocketTags {
    private static final long SLOW = 99;

    final List<String> calls = new CopyOnWriteArrayList<>();
    final CountDownLatch slowIsOver = new CountDownLatch(1);

    @Override
    public TaggedSocket tag(Asker asker, SocketName socket, Tag tag) {
      if (tag.tag() == SLOW) {
        await();
      }
      return record(asker + " tags " + file(socket) + " " + tag.tag());
    }

    @Override
    public TaggedSocket untag(Asker asker, SocketName socket) {
      return record(asker + " untags " + file(socket));
    }

    @Override
    public void forget(long uid) {
      calls.add("forget " + uid);
    }

    private TaggedSocket record(String call) {
      calls.add(call);
      return new TaggedSocket(true, true, 1, 1000, Optional.empty(), Optional.empty());
    }

    private void await() {
      try {
        slowIsOver.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static Path file(SocketName socket) {
      try {
        return Path.of("/proc/self/fd/" + ((SocketName.Passed) socket).descriptor()).toRealPath();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    before = Fd.openCount();
    server = start(IDLE);
  }

  private TagServer start(Duration idle) throws IOException {
    return TagServer.start(file(), new TagLines(tags, Set.of()), channel -> peer, idle);
  }

  private Path file() {
    return directory.resolve("tag.sock");
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(file()).doesNotExist();
    assertThat(Fd.openCount()).as("descriptors that are open after the test").isEqualTo(before);
  }

  /** A client's side of a connection. */
  private final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader answers;

    Client() throws IOException {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(file()));
      answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Passes the directory. */
    String ask(String line) throws IOException {
      try (Fd passed = Fd.open(directory)) {
        Passing.send(channel, line, passed.number());
        return String.valueOf(answers.readLine());
      }
    }

    String answer() throws IOException {
      return String.valueOf(answers.readLine());
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  @Test
  void file_isForEverybody() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void lines_areAnsweredOneAfterTheOther() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask("{\"tag\":1}\n")).startsWith("{\"tagged\":true,");
      assertThat(client.ask("{\"clear\":true}\n")).startsWith("{\"tagged\":true,");
    }
    Path passed = directory.toRealPath();
    assertThat(tags.calls)
        .containsExactly(
            "Asker[uid=1000, admin=false] tags " + passed + " 1",
            "Asker[uid=1000, admin=false] untags " + passed);
  }

  /** The connection's credentials tell who it is, whatever the line says. */
  @Test
  void connections_haveCallersOfTheirOwn() throws IOException {
    try (Client first = new Client()) {
      first.ask("{\"tag\":1}\n");
      peer = OptionalLong.of(0);
      try (Client second = new Client()) {
        second.ask("{\"tag\":2}\n");
      }
      first.ask("{\"tag\":3}\n");
    }
    assertThat(tags.calls)
        .extracting(call -> call.substring(0, call.indexOf(']')))
        .containsExactly(
            "Asker[uid=1000, admin=false",
            "Asker[uid=0, admin=true",
            "Asker[uid=1000, admin=false");
  }

  @Test
  void client_thatLetsUsWait_holdsUpNobodyElse() throws IOException {
    try (Client slow = new Client();
        Client other = new Client();
        Fd passed = Fd.open(directory)) {
      Passing.send(slow.channel, "{\"tag\":99}\n", passed.number());
      assertThat(other.ask("{\"tag\":1}\n")).startsWith("{\"tagged\":true,");
      assertThat(tags.calls).hasSize(1);
      tags.slowIsOver.countDown();
      assertThat(slow.answer()).startsWith("{\"tagged\":true,");
    }
  }

  @Test
  void descriptor_thatDoesNotCome_isEbadf() throws IOException {
    try (Client client = new Client()) {
      Passing.send(client.channel, "{\"tag\":1}\n");
      assertThat(client.answer()).contains("\"errno\":\"EBADF\"");
      assertThat(client.ask("{\"tag\":1}\n")).as("goes on").startsWith("{\"tagged\":true,");
    }
  }

  @Test
  void descriptors_twoOrMore_areRefused() throws IOException {
    try (Client client = new Client();
        Fd passed = Fd.open(directory)) {
      int number = passed.number();
      Passing.send(client.channel, "{\"tag\":1}\n", number, number);
      assertThat(client.answer()).contains("\"errno\":\"EINVAL\"");
      Passing.send(client.channel, "{\"tag\":1}\n", number, number, number);
      assertThat(client.answer()).contains("Pass one socket with each line.");
    }
    assertThat(tags.calls).isEmpty();
  }

  @Test
  void line_tooLong_isRefusedAndTheConnectionClosed() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask(" ".repeat(TagConnection.LONGEST_LINE) + "{\"tag\":1}\n"))
          .contains("\"errno\":\"EINVAL\"")
          .contains("in one message, of 4096 bytes at most");
      assertThatThrownBy(client::answer).hasMessage("Connection reset"); // with the rest unread
    }
    assertThat(tags.calls).isEmpty();
  }

  @Test
  void line_inTwoMessages_isRefusedAndTheConnectionClosed() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask("{\"tag\"")).contains("\"errno\":\"EINVAL\"");
      assertThat(client.answer()).isEqualTo("null");
    }
  }

  @Test
  void lines_twoInOneMessage_areRefused() throws IOException {
    try (Client client = new Client()) {
      assertThat(client.ask("{\"tag\":1}\n{\"tag\":2}\n")).contains("\"errno\":\"EINVAL\"");
    }
    assertThat(tags.calls).isEmpty();
  }

  @Test
  void idleConnection_isClosed() throws IOException {
    server.close();
    server = start(Duration.ofMillis(20));
    try (Client client = new Client()) {
      assertThat(client.answer()).isEqualTo("null");
    }
  }

  @Test
  void connections_ofOneUid_areLimited_andNobodyElses() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < TagServer.CONNECTIONS_PER_UID; i++) {
        clients.add(new Client());
        assertThat(clients.get(i).ask("{\"tag\":1}\n")).startsWith("{\"tagged\":true,");
      }
      try (Client tooMany = new Client()) {
        assertThat(tooMany.answer()).contains("\"status\":429").contains("\"errno\":\"EAGAIN\"");
        assertThat(tooMany.answer()).isEqualTo("null");
      }
      peer = OptionalLong.of(1001);
      try (Client other = new Client()) {
        assertThat(other.ask("{\"tag\":1}\n")).startsWith("{\"tagged\":true,");
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  void close_endsConnections() throws IOException {
    try (Client client = new Client()) {
      client.ask("{\"tag\":1}\n");
      server.close();
      assertThat(client.answer()).isEqualTo("null");
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void start_whereAnotherListens_isRefused() {
    assertThatThrownBy(() -> start(IDLE)).hasMessageContaining("another daemon is listening on");
  }
}
