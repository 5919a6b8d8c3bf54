package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for as long as something works in it. */
final class TemporaryDirectory {
  private TemporaryDirectory() {}

  interface Work {
    void in(Path directory) throws IOException;
  }

  static void with(Work work) throws IOException {
    Path directory = Files.createTempDirectory("uidnet-bench");
    try {
      work.in(directory);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(TemporaryDirectory::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
