package org.uidnet.netd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file in which others may put names of their own: users, directories, interfaces. One name
 * that is not UTF-8 must not hide the rest, so bad bytes are replaced.
 */
public final class TextFile {
  private TextFile() {}

  public static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }
}
