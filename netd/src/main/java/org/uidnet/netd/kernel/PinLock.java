package org.uidnet.netd.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.uidnet.netd.sys.Fd;

/** Holds the directory of the pins, so that no other process works there. Not thread-safe. */
final class PinLock implements AutoCloseable {
  private final Bpffs bpffs;
  private Fd held;

  private PinLock(Bpffs bpffs) {
    this.bpffs = bpffs;
    held = bpffs.lock();
  }

  /**
   * Takes it.
   *
   * @throws KernelException if another process has it
   */
  static PinLock take(Bpffs bpffs) {
    return new PinLock(bpffs);
  }

  /** Takes the directory that is there now, if the one that was taken has been removed. */
  void renew() {
    Bpffs.makeDirectory(bpffs.directory());
    if (!isHeld()) {
      Fd gone = held;
      held = bpffs.lock();
      gone.close();
    }
  }

  private boolean isHeld() {
    try {
      return Files.isSameFile(Path.of("/proc/self/fd/" + held.number()), bpffs.directory());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    held.close();
  }
}
