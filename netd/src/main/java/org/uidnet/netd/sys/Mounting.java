package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.nio.file.Path;

/** Mounts and unmounts file systems. */
public final class Mounting {
  private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;

  private Mounting() {}

  /** Mounts a file system of a type, named {@code source} in the mount table. */
  public static void mount(String source, Path target, String type, String options) {
    try (Memory data = Attr.copyOf(options)) {
      if (Libc.mount(source, target.toString(), type, NOSUID_NODEV_NOEXEC, data) != 0) {
        throw new SysException("mount a " + type + " file system on " + target);
      }
    }
  }

  public static void unmount(Path target) {
    if (Libc.umount2(target.toString(), 0) != 0) {
      throw new SysException("unmount " + target);
    }
  }
}
