package org.uidnet.netd.sys;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The C library, by direct mapping. Each call answers as in C; {@link Errno#last()} tells why one
 * that answered -1 did, and means nothing after one that succeeded.
 */
final class Libc {
  static {
    Native.register("c");
  }

  private Libc() {}

  static native long syscall(long number, long a, Pointer b, long c);

  static native long syscall(long number, long a, long b, long c);

  static native int close(int fd);

  static native int open(String path, int flags);

  static native Pointer mmap(
      Pointer at, long length, int protection, int flags, int fd, long offset);

  static native int munmap(Pointer at, long length);

  static native long sysconf(int name);

  static native int poll(Pointer descriptors, long count, int milliseconds);

  static native int mount(String source, String target, String type, long flags, Pointer data);

  static native int umount2(String target, int flags);

  static native int clock_gettime(int clock, Pointer time);

  static native int memfd_create(String name, int flags);

  static native int flock(int fd, int operation);

  static native int ioctl(int fd, long request, Pointer argument);

  static native int setns(int fd, int type);

  static native int socket(int domain, int type, int protocol);

  static native int bind(int socket, Pointer address, int length);

  static native long sendto(
      int socket, Pointer data, long length, int flags, Pointer address, int addressLength);

  static native long recv(int socket, Pointer data, long length, int flags);

  static native long recvmsg(int socket, Pointer message, int flags);

  static native int getsockname(int socket, Pointer address, Pointer length);

  static native int getpeername(int socket, Pointer address, Pointer length);

  static native int getsockopt(int socket, int level, int name, Pointer value, Pointer length);

  static native int setsockopt(int socket, int level, int name, Pointer value, int length);
}
