package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;

/** The files below the pin directory, see the package's description. Knows names, not contents. */
final class Pins {
  /** Pinned last and unpinned first: a generation without it is incomplete. */
  static final String MARK = "control";

  private static final String LINKS = "links";
  private static final String MAPS = "maps";
  private static final String CONSTANTS = "constants";

  private final Path directory;

  Pins(Path directory) {
    this.directory = directory;
  }

  /** Every directory that is named as a generation is, complete or not. */
  List<UUID> generations() {
    return entries(directory).map(Pins::generation).flatMap(Optional::stream).toList();
  }

  private static Optional<UUID> generation(Path path) {
    String name = String.valueOf(path.getFileName());
    try {
      return Optional.of(UUID.fromString(name)).filter(uuid -> uuid.toString().equals(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody else's directory
    }
  }

  Path map(UUID generation, String map) {
    return maps(generation).resolve(map);
  }

  Path constants(UUID generation) {
    return directory.resolve(generation.toString()).resolve(CONSTANTS);
  }

  Path link(String program) {
    return directory.resolve(LINKS).resolve(program);
  }

  private Path maps(UUID generation) {
    return directory.resolve(generation.toString()).resolve(MAPS);
  }

  boolean isComplete(UUID generation) {
    return Files.exists(map(generation, MARK));
  }

  List<Path> mapsOf(UUID generation) {
    return entries(maps(generation)).toList();
  }

  List<Path> links() {
    return entries(directory.resolve(LINKS)).toList();
  }

  /** The names of pinned objects. */
  static Set<String> names(List<Path> pins) {
    return pins.stream()
        .map(path -> String.valueOf(path.getFileName()))
        .collect(Collectors.toSet());
  }

  /** Whether there can be any: somebody may have unmounted their file system. */
  boolean arePossible() {
    return Bpffs.find(Optional.of(directory)).isPresent();
  }

  /** Pins, making the directories above. */
  static void pin(Fd object, Path path) {
    Path parent = path.getParent();
    if (parent != null) {
      Bpffs.makeDirectory(parent);
    }
    Bpf.pin(object, path);
  }

  /** The pinned object, or empty if there is no such pin. */
  static Optional<Fd> open(Path path) {
    try {
      return Optional.of(Bpf.openPin(path));
    } catch (SysException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static boolean unpin(Path path) {
    try {
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the pin " + path, e);
    }
  }

  /** Unpins a generation, its mark first; what stops half way is swept by the next start. */
  void discard(UUID generation) {
    unpin(map(generation, MARK));
    mapsOf(generation).forEach(Pins::unpin);
    unpin(constants(generation));
    unpin(maps(generation));
    unpin(directory.resolve(generation.toString()));
  }

  /** Removes the directory of the links, which must be unpinned. */
  void discardLinks() {
    unpin(directory.resolve(LINKS));
  }

  private static Stream<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }
}
