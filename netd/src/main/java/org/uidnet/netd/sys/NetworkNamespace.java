package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** Calls on network namespaces, given as descriptors of their {@code ns/net} files. */
public final class NetworkNamespace {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final long NS_GET_USERNS = 0xb701;
  private static final long NS_GET_NSTYPE = 0xb703;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_NETNS_COOKIE = 71;

  private NetworkNamespace() {}

  /** Moves this thread, and only it, into the namespace. */
  public static void enter(Fd namespace) {
    if (Libc.setns(namespace.number(), CLONE_NEWNET) != 0) {
      throw new SysException("enter a network namespace");
    }
  }

  /** Whether the descriptor is one of a network namespace at all. */
  public static boolean isOne(Fd file) {
    return Libc.ioctl(file.number(), NS_GET_NSTYPE, Pointer.NULL) == CLONE_NEWNET;
  }

  /** The user namespace that owns it. */
  public static Fd owner(Fd namespace) {
    return Fd.owning(
        Libc.ioctl(namespace.number(), NS_GET_USERNS, Pointer.NULL),
        "ask for the owner of a network namespace");
  }

  /**
   * The cookie of the network namespace that this thread is in; never reused while the host runs.
   */
  public static long cookie() {
    try (Fd socket = Fd.owning(Libc.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0), "open a socket");
        Memory cookie = Attr.zeroed(Long.BYTES)) {
      IntByReference length = new IntByReference(Long.BYTES);
      if (Libc.getsockopt(socket.number(), SOL_SOCKET, SO_NETNS_COOKIE, cookie, length.getPointer())
          != 0) {
        throw new SysException("ask for the cookie of a network namespace");
      }
      return cookie.getLong(0);
    }
  }
}
