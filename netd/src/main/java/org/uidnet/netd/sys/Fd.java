package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open descriptor. Whoever opens it closes it; whoever is handed it does not. Thread-safe; a
 * descriptor that is closed while another thread uses it ends in EBADF or, if the number is reused
 * at once, on the wrong object, so owners stop their users first.
 */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int POLL_SIZE = 8;
  private static final short POLLIN = 1;
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final AtomicInteger number;

  private Fd(int number) {
    this.number = new AtomicInteger(number);
    OPEN.incrementAndGet();
  }

  /** Takes over the answer of a call that returns a descriptor, or -1 and an errno. */
  static Fd owning(long answer, String tried) {
    if (answer < 0) {
      throw new SysException(tried);
    }
    return new Fd((int) answer);
  }

  /** Opens a file or directory for reading. */
  public static Fd open(Path path) {
    return owning(Libc.open(path.toString(), O_RDONLY_CLOEXEC), "open " + path);
  }

  /** How many are open now, for leak checks. */
  public static int openCount() {
    return OPEN.get();
  }

  /** Waits until there is something to read; false after that time, or after a signal. */
  public boolean awaitReadable(int milliseconds) {
    try (Memory poll = Attr.zeroed(POLL_SIZE)) {
      poll.setInt(0, number());
      poll.setShort(Integer.BYTES, POLLIN);
      int ready = Libc.poll(poll, 1, milliseconds);
      if (ready < 0 && Errno.last() != Errno.EINTR) {
        throw new SysException("wait for a descriptor");
      }
      return ready > 0;
    }
  }

  /** The number, for calls. */
  public int number() {
    int now = number.get();
    if (now == CLOSED) {
      throw new IllegalStateException("the descriptor is closed");
    }
    return now;
  }

  @Override
  public void close() {
    int old = number.getAndSet(CLOSED);
    if (old != CLOSED) {
      OPEN.decrementAndGet();
      Libc.close(old); // an error here leaves nothing to do: the number is free either way
    }
  }

  @Override
  public String toString() {
    return "fd " + number.get();
  }
}
