package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What a client in C does: it sends text and descriptors in one message. */
public final class Passing {
  private static final int SCM_RIGHTS = 1;
  private static final int SOL_SOCKET = 1;

  static {
    Native.register("c");
  }

  private Passing() {}

  private static native long sendmsg(int socket, Pointer message, int flags);

  public static void send(SocketChannel channel, String text, int... descriptors) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 16 + 4 * descriptors.length;
    try (Memory data = new Memory(bytes.length);
        Memory part = new Memory(16);
        Memory control = new Memory(length + 8);
        Memory header = new Memory(56)) {
      data.write(0, bytes, 0, bytes.length);
      part.setPointer(0, data);
      part.setLong(8, bytes.length);
      control.setLong(0, length);
      control.setInt(8, SOL_SOCKET);
      control.setInt(12, SCM_RIGHTS);
      control.write(16, descriptors, 0, descriptors.length);
      header.clear();
      header.setPointer(16, part);
      header.setLong(24, 1);
      header.setPointer(32, control);
      header.setLong(40, descriptors.length == 0 ? 0 : length + length % 8);
      if (sendmsg(ChannelFd.number(channel), header, 0) != bytes.length) {
        throw new SysException("send a message");
      }
    }
  }
}
