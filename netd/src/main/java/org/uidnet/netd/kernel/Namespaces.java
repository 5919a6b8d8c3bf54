package org.uidnet.netd.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;

/**
 * Tells the programs which network namespaces are owned by the initial user namespace: there the
 * UIDs that the kernel shows are the host's.
 *
 * <p>A namespace that a round misses (no process, no mount, made since) is not believed: its
 * sockets are charged to the UID that the create hook recorded, or to {@code foreign}. So a missed
 * round costs precision, never an exemption. Not thread-safe.
 */
public final class Namespaces {
  /** Inode of the initial user namespace, a constant of the kernel (PROC_USER_INIT_INO). */
  private static final long INITIAL_USERS = 0xEFFF_FFFDL;

  private static final Path OWN = Path.of("/proc/self/ns/net");
  private static final Path PROC = Path.of("/proc");
  private static final String PROCESSES = "[0-9]*";

  private static final Logger log = LoggerFactory.getLogger(Namespaces.class);

  /** Stands for all that we may not even see. */
  private static final long NOT_SEEN = 0;

  private static final Facts UNREACHABLE = new Facts(OptionalLong.empty(), true);

  private final Fd map;
  private final Control control;

  Namespaces(Fd map, Control control) {
    this.map = map;
    this.control = control;
  }

  /**
   * What a round found.
   *
   * @param host namespaces whose UIDs are the host's, the daemon's own among them
   * @param foreign namespaces of other user namespaces
   * @param unreachable namespaces that could not be entered or asked; treated as foreign
   */
  public record Round(int host, int foreign, int unreachable) {}

  private record Facts(OptionalLong cookie, boolean hostUsers) {
    boolean isKnownHost() {
      return hostUsers && cookie.isPresent();
    }
  }

  /** Looks at all namespaces and writes down what is new. Some microseconds for each. */
  public Round round() {
    Map<Long, Facts> found = look();
    Set<Long> host = new HashSet<>();
    found.values().stream()
        .filter(Facts::isKnownHost)
        .forEach(facts -> host.add(facts.cookie().orElseThrow()));
    host.forEach(cookie -> add(cookie, host));
    Round round = count(found);
    if (round.foreign() + round.unreachable() > 0) {
      control.watchForeignNamespaces();
    }
    return round;
  }

  private static Round count(Map<Long, Facts> found) {
    int host = (int) found.values().stream().filter(Facts::isKnownHost).count();
    int foreign = (int) found.values().stream().filter(facts -> !facts.hostUsers()).count();
    return new Round(host, foreign, found.size() - host - foreign);
  }

  /**
   * Cookies are never reused, so those of namespaces that are gone do no harm until we need room.
   */
  private void add(long cookie, Set<Long> present) {
    try {
      put(cookie);
    } catch (SysException e) {
      if (e.errno() != Errno.E2BIG) {
        throw e;
      }
      forgetAllBut(present);
      put(cookie);
    }
  }

  private void put(long cookie) {
    Bpf.update(map, bytes(cookie), flags(Layouts.NAMESPACE_HOST_USERS), Bpf.ANY);
  }

  private void forgetAllBut(Set<Long> present) {
    Set<Long> known = new HashSet<>();
    Optional<byte[]> key = Bpf.firstKey(map, Long.BYTES);
    while (key.isPresent()) {
      known.add(ByteBuffer.wrap(key.get()).order(ByteOrder.nativeOrder()).getLong());
      key = Bpf.nextKey(map, key.get());
    }
    known.removeAll(present);
    known.forEach(gone -> Bpf.delete(map, bytes(gone)));
  }

  private static byte[] bytes(long cookie) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(cookie).array();
  }

  private static byte[] flags(int flags) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(flags).array();
  }

  /** On a thread that ends afterwards, as it is left in whatever namespace it entered last. */
  private static Map<Long, Facts> look() {
    FutureTask<Map<Long, Facts>> task = new FutureTask<>(Namespaces::lookHere);
    Thread thread = new Thread(task, "uidnet-namespaces");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("interrupted while looking at network namespaces", e);
    } catch (ExecutionException e) {
      throw new KernelException("cannot look at network namespaces", e);
    }
  }

  private static Map<Long, Facts> lookHere() {
    Map<Long, Facts> found = new HashMap<>();
    visitOwn(found);
    processes(found);
    Mounts.read()
        .where(mount -> mount.type().equals("nsfs"))
        .forEach(mount -> visit(mount.point(), found));
    return found;
  }

  /** Needs no rights, as nothing is entered; so it comes first. */
  private static void visitOwn(Map<Long, Facts> found) {
    try (Fd namespace = Fd.open(OWN)) {
      OptionalLong cookie = OptionalLong.of(NetworkNamespace.cookie());
      long inode = (long) Files.getAttribute(OWN, "unix:ino");
      found.put(inode, new Facts(cookie, isHostUsers(namespace)));
    } catch (IOException e) {
      throw new KernelException("cannot look at " + OWN, e);
    }
  }

  private static void processes(Map<Long, Facts> found) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, PROCESSES)) {
      processes.forEach(process -> visit(process.resolve("ns/net"), found));
    } catch (IOException | DirectoryIteratorException e) {
      throw new KernelException("cannot list " + PROC, e);
    }
  }

  /** A process that ends meanwhile is no longer of interest. */
  private static void visit(Path file, Map<Long, Facts> found) {
    try {
      long inode = (long) Files.getAttribute(file, "unix:ino");
      if (!found.containsKey(inode)) {
        ask(file).ifPresent(facts -> found.put(inode, facts));
      }
    } catch (AccessDeniedException e) {
      found.put(NOT_SEEN, UNREACHABLE);
    } catch (IOException e) {
      log.trace("{} is gone", file, e);
    }
  }

  /** Empty if it is no network namespace, or gone. */
  private static Optional<Facts> ask(Path file) {
    try (Fd namespace = Fd.open(file)) {
      return NetworkNamespace.isOne(namespace)
          ? Optional.of(new Facts(cookie(namespace), isHostUsers(namespace)))
          : Optional.empty();
    } catch (SysException e) {
      return e.errno() == Errno.ENOENT ? Optional.empty() : Optional.of(UNREACHABLE);
    }
  }

  private static OptionalLong cookie(Fd namespace) {
    try {
      NetworkNamespace.enter(namespace);
      return OptionalLong.of(NetworkNamespace.cookie());
    } catch (SysException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isHostUsers(Fd namespace) {
    try (Fd owner = NetworkNamespace.owner(namespace)) {
      Path file = Path.of("/proc/self/fd/" + owner.number());
      return (long) Files.getAttribute(file, "unix:ino") == INITIAL_USERS;
    } catch (SysException | IOException e) {
      return false; // its owner is beyond our sight: certainly not ours
    }
  }
}
