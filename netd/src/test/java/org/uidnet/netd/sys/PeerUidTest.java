package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerUidTest {
  @TempDir Path directory;

  @Test
  void of_ownConnection_isOurUidAndPid() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = server.accept()) {
        long own = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        assertThat(PeerUid.of(accepted)).isEqualTo(own);
        assertThat(PeerUid.of(client)).isEqualTo(own);
        assertThat(PeerUid.pid(accepted)).isEqualTo(ProcessHandle.current().pid());
        assertThat(PeerUid.pid(client)).isEqualTo(ProcessHandle.current().pid());
      }
    }
  }
}
