package org.uidnet.programs;

/** Another process's socket, open here too. Whoever got it closes it; used by one thread. */
public interface OpenSocket extends AutoCloseable {
  /** Address families that can be tagged, {@code linux/socket.h}. */
  int AF_INET = 2;

  int AF_INET6 = 10;

  /** In this process; for {@link AccountingMaps}. */
  int descriptor();

  /** Address family. */
  int domain();

  /** As the socket was made: of IP for the families that can be tagged. */
  int protocol();

  /** UID of whoever made or accepted it, in the daemon's user namespace. */
  long owner();

  /** Cookie of its network namespace; 0 where the kernel cannot tell. */
  long netns();

  /** The kernel's number of it, which no other socket ever has. */
  long cookie();

  @Override
  void close();
}
