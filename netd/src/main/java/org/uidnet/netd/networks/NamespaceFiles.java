package org.uidnet.netd.networks;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the files by which the network namespaces of this host can be entered: of processes, and
 * those that {@code ip netns} keeps without any process.
 *
 * <p>Thread-safe: it remembers nothing.
 */
final class NamespaceFiles {
  /**
   * Any user may make namespaces by the thousand; one round must stay short nevertheless. The
   * oldest come first, so that new ones cannot push others out.
   */
  private static final int MOST = 512;

  private final Path proc;
  private final Path named;

  /**
   * @param proc {@code /proc}
   * @param named {@code /run/netns}
   */
  NamespaceFiles(Path proc, Path named) {
    this.proc = proc;
    this.named = named;
  }

  /** One file for each namespace other than this process's own. */
  List<Path> others() {
    NavigableMap<Long, Path> byInode = new TreeMap<>();
    forEach(named, "*", file -> putMounted(byInode, file));
    forEach(proc, "[0-9]*", process -> putProcess(byInode, process));
    inodeOfLink(link(proc.resolve("self"))).ifPresent(byInode::remove);
    return byInode.values().stream().limit(MOST).toList();
  }

  private static void putMounted(NavigableMap<Long, Path> byInode, Path file) {
    try {
      byInode.put((Long) Files.getAttribute(file, "unix:ino"), file);
    } catch (IOException e) {
      // gone meanwhile
    }
  }

  private static void putProcess(NavigableMap<Long, Path> byInode, Path process) {
    Path link = link(process);
    inodeOfLink(link).ifPresent(inode -> byInode.putIfAbsent(inode, link));
  }

  private static Path link(Path process) {
    return process.resolve("ns").resolve("net");
  }

  /** The link says {@code net:[4026531840]}; reading it is cheaper than following it. */
  private static Optional<Long> inodeOfLink(Path link) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      int open = target.indexOf('[');
      return Optional.of(Long.parseLong(target, open + 1, target.length() - 1, 10));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty(); // the process is gone, or not ours to look at
    }
  }

  private static void forEach(Path directory, String glob, Consumer<Path> use) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      entries.forEach(use);
    } catch (IOException | DirectoryIteratorException e) {
      // not there, or not ours to look at
    }
  }
}
