package org.uidnet.stats;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** What an error of H2 means for the operator. */
final class DatabaseErrors {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A file without tables is three blocks; it was being made when we were killed. */
  private static final long SMALLEST_WITH_TABLES = 5 * 4096;

  private DatabaseErrors() {}

  static boolean isCorrupt(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException || saysCorrupt(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysCorrupt(Throwable error) {
    if (error instanceof SQLException sql) {
      return sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
    }
    return error instanceof MVStoreException store && isCorrupt(store.getErrorCode());
  }

  private static boolean isCorrupt(int code) {
    return code == DataUtils.ERROR_FILE_CORRUPT
        || code == DataUtils.ERROR_CHUNK_NOT_FOUND
        || code == DataUtils.ERROR_BLOCK_NOT_FOUND;
  }

  /**
   * Where H2 finds no intact chunk behind an intact header it begins an empty database, over the
   * damaged one. So look before it may write.
   *
   * @throws MVStoreException if the file is damaged
   */
  static void refuseIfEmptied(Path file) {
    if (!Files.exists(file) || length(file) < SMALLEST_WITH_TABLES) {
      return;
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (store.getMapNames().isEmpty()) {
        throw new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, file + " has no intact chunk");
      }
    } catch (MVStoreException e) {
      if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) {
        throw e;
      }
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  static HistoryException cannotOpen(Path file, Exception error) {
    if (error instanceof SQLException sql
        && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new HistoryUnavailableException(
          "history "
              + file
              + " is held by another process; stop the other uidnet, or choose"
              + " another --state-dir",
          error);
    }
    return new HistoryUnavailableException(
        "cannot open history "
            + file
            + ": "
            + Problems.rootMessage(error)
            + "; see that its directory is writable and the disk is not full",
        error);
  }

  /**
   * The directory of the file, made if need be. H2 would open a file that it may not write to for
   * reading alone, and keep it.
   */
  static void prepare(StatsConfig config) {
    Path file = config.file();
    prepareDirectory(config.directory());
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw cannotWrite(file);
    }
  }

  private static HistoryException cannotWrite(Path file) {
    String what = "cannot write to history " + file;
    return isReadOnly(file)
        ? new HistoryUnavailableException(
            what
                + ": it is on a read-only file system; mount it read-write, or choose another"
                + " --state-dir")
        : new HistoryException(
            what
                + ": it belongs to another user; give it to the user that uidnet runs as, or"
                + " choose another --state-dir");
  }

  /** The system tells it apart from what is not permitted. */
  private static boolean isReadOnly(Path file) {
    try {
      FileChannel.open(file, StandardOpenOption.WRITE).close();
      return false;
    } catch (AccessDeniedException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void prepareDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new HistoryException(
          "cannot make directory "
              + directory
              + " for history: "
              + e.getMessage()
              + "; make it yourself or choose another --state-dir",
          e);
    }
    if (!Files.isWritable(directory)) {
      throw new HistoryException(
          "cannot write to directory "
              + directory
              + " for history: it belongs to another user, or is on a read-only file system; give"
              + " it to the user that uidnet runs as, mount it read-write, or choose another"
              + " --state-dir");
    }
  }

  /** Puts a damaged file beside the new one; never deletes it. */
  static Path setAside(Path file, Instant now) {
    Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + STAMP.format(now));
    try {
      return Files.move(file, aside);
    } catch (IOException e) {
      throw new HistoryException("cannot set the damaged " + file + " aside as " + aside, e);
    }
  }
}
