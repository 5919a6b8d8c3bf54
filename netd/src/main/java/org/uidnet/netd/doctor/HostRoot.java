package org.uidnet.netd.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.uidnet.netd.TextFile;

/** Where the files of the host are: below {@code /}, or below a directory that looks like it. */
public record HostRoot(Path path) {
  /** Of this host. */
  public static HostRoot ofHost() {
    return new HostRoot(Path.of("/"));
  }

  /** A path as it is written on the host. */
  public Path at(String file) {
    return path.resolve(file.replaceFirst("^/", ""));
  }

  /** The content in one line, or in brackets why there is none. */
  String line(String file) {
    try {
      return String.join(" ", TextFile.lines(at(file))).strip();
    } catch (IOException e) {
      return "(" + reason(e) + ")";
    }
  }

  /** The lines; none if they cannot be read. */
  List<String> lines(String file) {
    try {
      return TextFile.lines(at(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Names of the files in a directory; none if it cannot be read. */
  List<String> names(String directory) {
    try (Stream<Path> files = Files.list(at(directory))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Few words: the file is named where they stand. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "not there";
    }
    return e instanceof AccessDeniedException ? "may not be read: run it as root" : e.toString();
  }
}
