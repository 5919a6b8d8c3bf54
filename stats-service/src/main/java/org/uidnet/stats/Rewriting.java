package org.uidnet.stats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;
import org.h2.mvstore.MVStore;

/**
 * A database that is written anew, without what it no longer needs. The new file takes the place of
 * the old one in one step: whoever kills us meanwhile leaves one of the two.
 *
 * <pre>
 *  begin       copy               catchUp   replace
 *   |- lock -|- rounds, questions -|- lock --|- alone -|
 * </pre>
 */
final class Rewriting implements AutoCloseable {
  private static final String BEGIN = "history-vacuum-";

  private final StatsConfig config;

  /** A directory of its own, which nobody else may enter: H2 makes files that others can read. */
  private final Path place;

  private final StoreCopy copy;

  private Rewriting(StatsConfig config, Path place, StoreCopy copy) {
    this.config = config;
    this.place = place;
    this.copy = copy;
  }

  /** Under the writer's lock. */
  static Rewriting begin(StatsConfig config, MVStore store) throws IOException {
    removeLeftovers(config.directory());
    Path place = Files.createTempDirectory(config.directory(), BEGIN);
    return new Rewriting(config, place, new StoreCopy(store, place.resolve(config.database())));
  }

  /** How many entries there are to copy. */
  long entries() {
    return copy.entries();
  }

  /** Takes long; others read and write meanwhile. */
  void copy(LongConsumer progress) {
    copy.copy(progress);
  }

  /** Under the writer's lock: takes over what was stored meanwhile. */
  void catchUp(MVStore store) throws IOException {
    if (!copy.isOf(store)) {
      throw new IOException("it failed and was opened anew meanwhile; try again");
    }
    copy.catchUp();
    copy.close();
    Path anew = place.resolve(config.database());
    Files.setPosixFilePermissions(anew, PosixFilePermissions.fromString("rw-------"));
    force(anew);
  }

  /** When the old file is closed. */
  void replace() throws IOException {
    Files.move(place.resolve(config.database()), config.file(), StandardCopyOption.ATOMIC_MOVE);
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

  @Override
  public void close() throws IOException {
    copy.close();
    remove(place);
  }
}
