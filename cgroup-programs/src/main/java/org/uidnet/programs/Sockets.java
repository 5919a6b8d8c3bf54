package org.uidnet.programs;

import java.util.OptionalLong;

/** The sockets of this host's processes. Safe for any thread. */
@FunctionalInterface
public interface Sockets {
  /**
   * Opens a socket that some process has open. What it is and whose must be asked of the answer:
   * the process may have put another one in its place meanwhile.
   *
   * @param asker whose processes alone may be looked into; empty: anybody's
   * @throws ErrnoException ESRCH if there is no such process, EPERM if it may not be looked into,
   *     EBADF if it has no such descriptor, ENOTSOCK if that is no socket, ENOTUNIQ if the ends fit
   *     several sockets, or what the kernel says
   */
  OpenSocket open(SocketName name, OptionalLong asker);
}
