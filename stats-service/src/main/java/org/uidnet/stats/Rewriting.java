package org.uidnet.stats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.mvstore.MVStoreTool;

/**
 * Writes a closed database anew without what it no longer needs. The new file takes the place of
 * the old one in one step: whoever kills us meanwhile leaves one of the two.
 */
final class Rewriting {
  private static final String BEGIN = "history-vacuum-";

  private Rewriting() {}

  /**
   * In a directory of its own until then, which nobody else may enter: H2 makes files that others
   * can read.
   */
  static void rewrite(StatsConfig config) throws IOException {
    removeLeftovers(config.directory());
    Path place = Files.createTempDirectory(config.directory(), BEGIN);
    Path anew = place.resolve(config.database());
    try {
      Files.copy(config.file(), anew);
      MVStoreTool.compact(anew.toString(), false);
      Files.setPosixFilePermissions(anew, PosixFilePermissions.fromString("rw-------"));
      force(anew);
      Files.move(anew, config.file(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(place);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Of one that was killed. */
  private static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, BEGIN + "*")) {
      for (Path place : left) {
        remove(place);
      }
    }
  }

  private static void remove(Path place) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(place);
  }
}
