package org.uidnet.netd.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command writes: its owner's alone, and under its name only when it is whole. */
final class OutputFile {
  private OutputFile() {}

  /** Makes the content. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    Path part = create(file);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        content.writeTo(out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Of temporary files Java makes sure that nobody else reads them. */
  private static Path create(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      return Files.createTempFile(directory, "." + file.getFileName(), ".part");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_USAGE,
          "cannot write to " + directory + " (" + e + "); name a file where you may write");
    }
  }
}
