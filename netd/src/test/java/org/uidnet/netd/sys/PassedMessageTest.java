package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedMessageTest {
  private static final int MOST = 100;

  @TempDir Path directory;
  private ServerSocketChannel listener;
  private SocketChannel client;
  private SocketChannel server;
  private int before;

  @BeforeEach
  void connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
    client = SocketChannel.open(address);
    server = listener.accept();
    before = Fd.openCount();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    client.close();
    listener.close();
    assertThat(Fd.openCount()).as("descriptors that are open after the test").isEqualTo(before);
  }

  @Test
  void receive_textWithADescriptor_opensTheSameFile() throws IOException {
    try (Fd root = Fd.open(directory)) {
      Passing.send(client, "line ä\n", root.number());
      try (PassedMessage message = PassedMessage.receive(server, MOST)) {
        assertThat(message.text()).isEqualTo("line ä\n");
        assertThat(message.incomplete()).isFalse();
        assertThat(message.descriptors()).hasSize(1);
        int passed = message.descriptors().get(0).number();
        assertThat(passed).isNotEqualTo(root.number());
        assertThat(Path.of("/proc/self/fd/" + passed).toRealPath())
            .isEqualTo(directory.toRealPath());
      }
    }
  }

  @Test
  void receive_textAlone() {
    Passing.send(client, "line\n");
    try (PassedMessage message = PassedMessage.receive(server, MOST)) {
      assertThat(message.text()).isEqualTo("line\n");
      assertThat(message.descriptors()).isEmpty();
    }
  }

  @Test
  void receive_moreDescriptorsThanFit_saysSo() {
    try (Fd root = Fd.open(directory)) {
      int number = root.number();
      Passing.send(client, "x", number, number, number);
      try (PassedMessage message = PassedMessage.receive(server, MOST)) {
        assertThat(message.incomplete()).isTrue();
        assertThat(message.descriptors()).hasSize(2);
      }
    }
  }

  @Test
  void receive_twoMessagesWithDescriptors_keepsThemApart() {
    try (Fd root = Fd.open(directory)) {
      Passing.send(client, "one", root.number());
      Passing.send(client, "two", root.number());
      for (String text : new String[] {"one", "two"}) {
        try (PassedMessage message = PassedMessage.receive(server, MOST)) {
          assertThat(message.text()).isEqualTo(text);
          assertThat(message.descriptors()).hasSize(1);
        }
      }
    }
  }

  @Test
  void receive_end_isSaid() throws IOException {
    client.close();
    try (PassedMessage message = PassedMessage.receive(server, MOST)) {
      assertThat(message.isEnd()).isTrue();
    }
  }

  @Test
  void receive_nothingInTime_isEagain() {
    PassedMessage.limitWaiting(server, Duration.ofMillis(10));

    var failure =
        catchThrowableOfType(SysException.class, () -> PassedMessage.receive(server, MOST));

    assertThat(failure.errno()).isEqualTo(Errno.EAGAIN);
  }
}
