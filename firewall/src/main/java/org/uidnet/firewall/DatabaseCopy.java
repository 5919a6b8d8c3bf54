package org.uidnet.firewall;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.zip.ZipFile;

/**
 * A copy of a database as of one commit, made while others read and write it. H2 knows how, but
 * only into a zip file: it lies beside the database for as long as it is read.
 */
final class DatabaseCopy implements AutoCloseable {
  private static final String BEGIN = "policy-backup-";
  private static final String END = ".zip";

  private final Path zip;

  private DatabaseCopy(Path zip) {
    this.zip = zip;
  }

  /** One at a time for each directory. */
  static DatabaseCopy of(Connection connection, Path directory) throws SQLException, IOException {
    removeLeftovers(directory);
    DatabaseCopy copy = new DatabaseCopy(Files.createTempFile(directory, BEGIN, END));
    boolean done = false;
    try (PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
      backup.setString(1, copy.zip.toString());
      backup.execute();
      done = true;
      return copy;
    } finally {
      if (!done) {
        copy.close();
      }
    }
  }

  /** Of one that was killed meanwhile. */
  private static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, BEGIN + "*" + END)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** Writes the database's file. */
  void writeTo(OutputStream to) throws IOException {
    try (ZipFile files = new ZipFile(zip.toFile());
        InputStream in = files.getInputStream(files.entries().nextElement())) {
      in.transferTo(to);
    }
  }

  @Override
  public void close() throws IOException {
    Files.delete(zip);
  }
}
