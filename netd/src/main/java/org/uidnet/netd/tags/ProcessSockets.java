package org.uidnet.netd.tags;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Pidfd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SocketName;
import org.uidnet.programs.Sockets;

/**
 * The sockets of this host's processes, by the kernel's descriptors of processes.
 *
 * <p>The process is opened before anything is read about it in {@code /proc}. If its number is
 * given to another one meanwhile, what is read is that one's, but no descriptor can be copied any
 * more: ESRCH. Thread-safe: nothing is kept between calls.
 */
public final class ProcessSockets implements Sockets {
  private static final Path PROC = Path.of("/proc");
  private static final String SOCKET = "socket:";

  /** Looked at for one question: half a second's work. */
  private static final int MOST_DESCRIPTORS = 65_536;

  @Override
  public OpenSocket open(SocketName name, OptionalLong asker) {
    try {
      return find(name, asker);
    } catch (SysException e) {
      throw failed(name, e);
    }
  }

  private static OpenSocket find(SocketName name, OptionalLong asker) {
    if (name instanceof SocketName.OfProcess named) {
      try (Fd process = enter(named.pid(), asker)) {
        return HeldSocket.owning(Pidfd.get(process, named.descriptor()));
      }
    }
    if (name instanceof SocketName.ByEnds named) {
      try (Fd process = enter(named.pid(), asker)) {
        return search(process, named);
      }
    }
    return HeldSocket.lent(((SocketName.Passed) name).descriptor());
  }

  private static ErrnoException failed(SocketName name, SysException e) {
    return new ErrnoException(
        Errno.name(e.errno()),
        "Cannot open %s: %s.%s".formatted(name, e.getMessage(), remedy(e.errno())),
        e);
  }

  private static String remedy(int errno) {
    return switch (errno) {
      case Errno.EPERM -> " The daemon needs CAP_SYS_PTRACE to look into processes.";
      case Errno.EINVAL -> " Is it a thread's number? Give that of its process.";
      default -> "";
    };
  }

  private static Fd enter(int pid, OptionalLong asker) {
    Fd process = Pidfd.open(pid);
    try {
      if (asker.isPresent()) {
        requireOwn(pid, asker.getAsLong());
      }
      return process;
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Others are not told what a process has open, nor that it has. */
  private static void requireOwn(int pid, long asker) {
    if (ownerOf(pid) != asker) {
      throw new ErrnoException(
          "EPERM",
          "UID %d may not look into process %d: it is another UID's, or has privileges. A process can pass its socket itself, over tag.sock."
              .formatted(asker, pid));
    }
  }

  /** The effective UID, or 0 for a process that others of its UID may not look into. */
  private static long ownerOf(int pid) {
    try {
      return Integer.toUnsignedLong(
          (int) Files.getAttribute(PROC.resolve(Integer.toString(pid)), "unix:uid"));
    } catch (IOException e) {
      throw gone(pid, e);
    }
  }

  private static ErrnoException gone(int pid, IOException e) {
    return e instanceof NoSuchFileException
        ? new ErrnoException("ESRCH", "Process " + pid + " has ended.", e)
        : new ErrnoException("EPERM", "Cannot look into process " + pid + ": " + e + ".", e);
  }

  private static OpenSocket search(Fd process, SocketName.ByEnds wanted) {
    Path directory = PROC.resolve(wanted.pid() + "/fd");
    try (SocketSearch search = new SocketSearch(process, wanted);
        DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      int looked = 0;
      for (Path descriptor : descriptors) {
        requireFew(++looked, wanted);
        number(descriptor).ifPresent(search::look);
      }
      return search.result();
    } catch (DirectoryIteratorException e) {
      throw new ErrnoException("ESRCH", "Process " + wanted.pid() + " has ended.", e);
    } catch (IOException e) {
      throw gone(wanted.pid(), e);
    }
  }

  private static void requireFew(int looked, SocketName.ByEnds wanted) {
    if (looked > MOST_DESCRIPTORS) {
      throw new ErrnoException(
          "E2BIG",
          "Process %d has more than %d descriptors, too many to search: name the socket's."
              .formatted(wanted.pid(), MOST_DESCRIPTORS));
    }
  }

  /** Empty if it is no socket, or closed by now. */
  private static Optional<Integer> number(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith(SOCKET)
          ? Optional.of(Integer.parseInt(String.valueOf(descriptor.getFileName())))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
