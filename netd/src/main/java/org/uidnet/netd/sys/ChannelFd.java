package org.uidnet.netd.sys;

import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;

/**
 * The descriptor behind a channel of the JDK, which keeps it to itself. Needs {@code --add-opens
 * java.base/sun.nio.ch=ALL-UNNAMED}; the jar's manifest has it.
 */
final class ChannelFd {
  private ChannelFd() {}

  /** Valid until the channel is closed. */
  static int number(SocketChannel channel) {
    try {
      Method number = channel.getClass().getMethod("getFDVal");
      number.setAccessible(true);
      return (int) number.invoke(channel);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "cannot see the descriptor of "
              + channel
              + ": start Java with --add-opens java.base/sun.nio.ch=ALL-UNNAMED (uidnet.jar asks"
              + " for it in its manifest)",
          e);
    }
  }
}
