package org.uidnet.netd.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * The kernel's answers about sockets: whatever the bytes are, a {@link SysException} says what is
 * wrong, or the sockets have the ends, the UID and the name of an answer.
 */
class SocketsFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;

  SocketsFuzzTest() {
    super("sockets", 2000, SocketsFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) {
    List<Socket> found = new ArrayList<>();
    try {
      ByteBuffer answer = ByteBuffer.wrap(input).order(ByteOrder.nativeOrder());
      Diagnostics.messages(answer, "list the sockets", found);
    } catch (SysException e) {
      assertThat(e.getMessage()).matches("(?s)(read a netlink message|list the sockets).*: .+");
    }
    assertThat(found).allMatch(socket -> socket.uid() >= 0 && socket.name().size() == 48);
  }
}
