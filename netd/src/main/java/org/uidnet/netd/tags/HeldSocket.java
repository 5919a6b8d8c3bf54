package org.uidnet.netd.tags;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SocketFacts;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;

/**
 * A socket of which we have a descriptor, and what the kernel said of it: all of it was asked of
 * the descriptor, so it stays true whatever its process does.
 */
record HeldSocket(
    int descriptor, int domain, int protocol, long owner, long netns, long cookie, Runnable release)
    implements OpenSocket {
  private static final long NOT_TOLD = 0;

  /** Takes over the descriptor, also if it fails. */
  static HeldSocket owning(Fd fd) {
    try {
      return of(fd.number(), fd::close);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Leaves the descriptor to whoever has it. */
  static HeldSocket lent(int descriptor) {
    return of(descriptor, () -> {});
  }

  /** That it is a socket is asked first: others, such as files of FUSE, may let us wait. */
  private static HeldSocket of(int descriptor, Runnable release) {
    return new HeldSocket(
        descriptor,
        SocketFacts.domain(descriptor),
        SocketFacts.protocol(descriptor),
        owner(descriptor),
        netns(descriptor),
        SocketFacts.cookie(descriptor),
        release);
  }

  /** The kernel shows a socket's UID as the owner of its inode. */
  private static long owner(int descriptor) {
    Path file = Path.of("/proc/self/fd/" + descriptor);
    try {
      return Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid"));
    } catch (IOException e) {
      throw new ErrnoException("EIO", "Cannot tell whose socket it is: " + e, e);
    }
  }

  private static long netns(int descriptor) {
    try {
      return SocketFacts.namespaceCookie(descriptor);
    } catch (SysException e) {
      return NOT_TOLD; // before Linux 5.14
    }
  }

  @Override
  public void close() {
    release.run();
  }
}
