package org.uidnet.netd.accounting;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of this process with its directories as jars, as the program is installed: each is
 * opened once, where a directory takes a descriptor for every class.
 */
final class ClassPath {
  static final String OF_JARS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(Files::exists)
          .map(ClassPath::jar)
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));

  private ClassPath() {}

  private static Path jar(Path entry) {
    try {
      return Files.isDirectory(entry) ? pack(entry) : entry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path pack(Path directory) throws IOException {
    Path jar = Files.createTempFile("uidnet-classes", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.setLevel(0);
      for (Path each : below(directory)) {
        add(each, directory.relativize(each).toString(), out);
      }
    }
    return jar;
  }

  /** Directories have entries too: Flyway looks for its migrations in one. */
  private static void add(Path file, String name, JarOutputStream out) throws IOException {
    if (Files.isDirectory(file)) {
      out.putNextEntry(new JarEntry(name + "/"));
    } else {
      out.putNextEntry(new JarEntry(name));
      Files.copy(file, out);
    }
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> !file.equals(directory)).toList();
    }
  }
}
