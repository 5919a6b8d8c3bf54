package org.uidnet.netd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uidnet.api.client.UidnetClient;

class StateDirTest {
  @Test
  void ofHost_isWhereClientsLook() {
    assertThat(StateDir.OF_HOST.apiSocket()).isEqualTo(UidnetClient.HOST_SOCKET);
  }
}
