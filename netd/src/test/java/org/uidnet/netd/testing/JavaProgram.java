package org.uidnet.netd.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java program that any UID can run: what it needs is copied to where everybody may read, because
 * the build and Maven's repository may be in root's home.
 */
public final class JavaProgram implements AutoCloseable {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Class<?> main;
  private final Path directory;
  private final Set<Path> classPath = new LinkedHashSet<>();

  /**
   * Copies a program.
   *
   * @param main of the tests; only this class of them is copied, not those that it contains
   * @param needed each stands for the jar or directory that it was loaded from
   */
  public JavaProgram(Class<?> main, Class<?>... needed) throws IOException {
    this.main = main;
    directory = Files.createTempDirectory("uidnet-program");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    copyMain();
    Arrays.stream(needed).map(JavaProgram::origin).forEach(this::copy);
  }

  private void copyMain() throws IOException {
    String file = main.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("main").resolve(file);
    Files.createDirectories(copy.getParent());
    try (InputStream in = main.getResourceAsStream("/" + file)) {
      Files.copy(in, copy);
    }
    classPath.add(directory.resolve("main"));
  }

  private static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Modules' directories have all the same name. */
  private void copy(Path origin) {
    Path to = directory.resolve(classPath.size() + "-" + origin.getFileName());
    try (Stream<Path> files = Files.walk(origin)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(origin.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    classPath.add(to);
  }

  /** Runs it to its end, which must be a success; answers what it printed. */
  public String run(Path cgroup, long uid, Object... arguments) {
    String words = Arrays.stream(arguments).map(Object::toString).collect(Collectors.joining(" "));
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    String command = "exec %s -XX:TieredStopAtLevel=1 -cp %s %s %s";
    return ChildProcess.in(cgroup, uid, command.formatted(JAVA, path, main.getName(), words)).run();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
