package org.uidnet.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.TestServer;
import org.uidnet.programs.ErrnoException;

class TaggingSocketFactoryTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path dir;
  private final List<IOException> failures = new ArrayList<>();
  private TestServer daemon;
  private ServerSocket listener;
  private TrafficTags tags;
  private SocketFactory factory;

  @BeforeEach
  void start() throws IOException {
    daemon = new TestServer(dir);
    listener = new ServerSocket(0, 8, LOOPBACK);
    tags = new TrafficTags(UidnetClient.overSocket(daemon.socket));
    factory = new TaggingSocketFactory(SocketFactory.getDefault(), tags, failures::add);
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
    daemon.close();
  }

  @Test
  void createSocket_unconnected_isTaggedBeforeItConnects() throws IOException {
    tags.setThreadTag(0xF00D);

    try (Socket socket = factory.createSocket()) {
      assertThat(daemon.tags.calls)
          .singleElement()
          .asString()
          .contains(":" + socket.getLocalPort() + " to nowhere ")
          .contains("tag=61453");
      socket.connect(listener.getLocalSocketAddress());
    }

    assertThat(daemon.tags.calls).hasSize(1);
  }

  @Test
  void createSocket_nothingIsSet_isAsTheOtherFactoryMadeIt() throws IOException {
    try (Socket socket = factory.createSocket()) {
      assertThat(socket.isBound()).isFalse();
    }

    assertThat(daemon.tags.calls).isEmpty();
  }

  @Test
  void createSocket_connected_isTagged() throws IOException {
    tags.setThreadTag(0xF00D);
    int port = listener.getLocalPort();

    for (Socket socket :
        List.of(
            factory.createSocket("127.0.0.1", port),
            factory.createSocket(LOOPBACK, port),
            factory.createSocket("127.0.0.1", port, LOOPBACK, 0),
            factory.createSocket(LOOPBACK, port, LOOPBACK, 0))) {
      socket.close();
    }

    assertThat(daemon.tags.calls)
        .hasSize(4)
        .allMatch(call -> call.contains(" to 127.0.0.1:" + port + " "));
  }

  @Test
  void createSocket_tagIsRefused_tellsAndGoesOn() throws IOException {
    daemon.tags.fail(new ErrnoException("EMFILE", "UID 1000 has 500 tags in use."));
    tags.setThreadTag(0xF00D);

    try (Socket socket = factory.createSocket()) {
      socket.connect(listener.getLocalSocketAddress());
      assertThat(socket.isConnected()).isTrue();
    }

    assertThat(failures).singleElement().asString().contains("UID 1000 has 500 tags in use.");
  }

  @Test
  void createSocket_noDaemon_tellsAndGoesOn() throws IOException {
    daemon.close();
    tags.setThreadTag(0xF00D);

    try (Socket socket = factory.createSocket(LOOPBACK, listener.getLocalPort())) {
      assertThat(socket.isConnected()).isTrue();
    }

    assertThat(failures).singleElement().isInstanceOf(NoDaemonException.class);
  }
}
