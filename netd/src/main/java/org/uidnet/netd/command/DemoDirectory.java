package org.uidnet.netd.command;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.netd.StateDir;

/**
 * Where a demo keeps its files. It bears a mark, and only what bears it is ever deleted, so that a
 * demo never touches the history of a real daemon. The mark is locked as long as the demo runs.
 */
final class DemoDirectory implements AutoCloseable {
  private static final String NAME = "uidnet-demo";

  private final StateDir files;
  private final boolean temporary;
  private final FileChannel mark;

  private DemoDirectory(StateDir files, boolean temporary, FileChannel mark) {
    this.files = files;
    this.temporary = temporary;
    this.mark = mark;
  }

  /**
   * Begins anew in a directory; without one, in that of the user, which goes when the demo ends.
   *
   * @throws CommandException if it cannot be used, or must not be
   */
  static DemoDirectory open(Optional<Path> wanted, Context context) {
    Path path = wanted.orElseGet(() -> candidates(context).get(0)).toAbsolutePath().normalize();
    try {
      make(path);
      requireOwn(path, context.uid());
      StateDir files = StateDir.in(path);
      requireDemo(files);
      DemoDirectory directory = new DemoDirectory(files, wanted.isEmpty(), lock(files));
      directory.deleteFiles();
      return directory;
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "cannot keep files in %s: %s. Name another directory with --state-dir"
              .formatted(path, e.getMessage()));
    }
  }

  /** Where a demo of this user may be, the usual place first. */
  static List<Path> candidates(Context context) {
    Path shared = Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + context.uid());
    return Optional.ofNullable(context.environment().get("XDG_RUNTIME_DIR"))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .filter(path -> Files.isDirectory(path) && Files.isWritable(path))
        .map(path -> List.of(path.resolve(NAME), shared))
        .orElse(List.of(shared));
  }

  /** Of the demo of this user that runs in a usual place. */
  static Optional<Path> running(Context context) {
    return candidates(context).stream()
        .filter(path -> isAnswering(StateDir.in(path).apiSocket()))
        .findFirst();
  }

  private static boolean isAnswering(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Others may pass through it to the socket, and see nothing else. */
  private static void make(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path.getParent());
      var permissions = PosixFilePermissions.fromString("rwx--x--x");
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(permissions));
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /** In a directory that everybody may write to, somebody else may have been there first. */
  private static void requireOwn(Path path, long uid) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no directory");
    }
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!(owner instanceof Integer number) || Integer.toUnsignedLong(number) != uid) {
      throw new IOException("it belongs to another user");
    }
  }

  private static void requireDemo(StateDir files) throws IOException {
    try (Stream<Path> present = Files.list(files.data())) {
      if (present.findAny().isPresent() && !Files.exists(files.demoMark())) {
        throw new CommandException(
            ExitCode.BAD_USAGE,
            "%s holds files that are not of a demo, maybe a real history, which a demo must not touch: name an empty or new directory with --state-dir, or none at all"
                .formatted(files.data()));
      }
    }
  }

  private static FileChannel lock(StateDir files) throws IOException {
    FileChannel mark =
        FileChannel.open(files.demoMark(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(mark).isEmpty()) {
      mark.close();
      throw new IOException(
          "another demo runs there (uidnet top --state-dir " + files.data() + ")");
    }
    return mark;
  }

  private static Optional<FileLock> tryLock(FileChannel mark) throws IOException {
    try {
      return Optional.ofNullable(mark.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  StateDir files() {
    return files;
  }

  boolean isTemporary() {
    return temporary;
  }

  private void deleteFiles() throws IOException {
    try (Stream<Path> present = Files.list(files.data())) {
      for (Path file : present.filter(file -> !file.equals(files.demoMark())).toList()) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Leaves nothing of a temporary one. */
  @Override
  public void close() throws IOException {
    if (temporary) {
      deleteFiles();
      Files.delete(files.demoMark());
      Files.delete(files.data());
    }
    mark.close();
  }
}
