package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import java.nio.channels.SocketChannel;

/**
 * Who is at the other end of a Unix socket, as the kernel recorded it: the process that connected
 * or, seen from there, the one that listened. The JDK gives only a name for the UID.
 */
public final class PeerUid {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int UCRED_SIZE = 12; // pid, uid, gid
  private static final int UCRED_PID = 0;
  private static final int UCRED_UID = 4;

  private PeerUid() {}

  /** The UID, 0 to 4294967294, of a connected Unix-domain channel. */
  public static long of(SocketChannel channel) {
    return Integer.toUnsignedLong(credential(channel, UCRED_UID));
  }

  /** Its process id; 0 if the process is in a pid namespace that we do not see. */
  public static long pid(SocketChannel channel) {
    return credential(channel, UCRED_PID);
  }

  private static int credential(SocketChannel channel, int offset) {
    try (Memory credentials = Attr.zeroed(UCRED_SIZE)) {
      IntByReference length = new IntByReference(UCRED_SIZE);
      int result =
          Libc.getsockopt(
              ChannelFd.number(channel), SOL_SOCKET, SO_PEERCRED, credentials, length.getPointer());
      if (result != 0) {
        throw new SysException("ask who is at the other end of " + channel);
      }
      return credentials.getInt(offset);
    }
  }
}
