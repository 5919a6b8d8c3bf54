package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.netd.StateDir;

/** The files of a daemon from outside: what is there, how large, and who may read it. */
final class DoctorFiles {
  private DoctorFiles() {}

  /** Of the files that last; none if they may not be seen. */
  static List<String> names(StateDir directory) {
    try {
      return list(directory.data()).stream().map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** One line a file. */
  static String sizes(StateDir directory) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path each : Stream.of(directory.data(), directory.runtime()).distinct().toList()) {
      lines.append(each).append('\n');
      for (Path file : list(each)) {
        lines.append(line(file)).append('\n');
      }
    }
    return lines.toString();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().collect(Collectors.toList());
    }
  }

  private static String line(Path file) throws IOException {
    PosixFileAttributes facts = Files.readAttributes(file, PosixFileAttributes.class);
    return "  %s %,14d  %s  %s"
        .formatted(
            PosixFilePermissions.toString(facts.permissions()),
            facts.size(),
            facts.lastModifiedTime(),
            file.getFileName());
  }
}
