package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.uidnet.netd.TextFile;

/** The mount table at one moment, in its own order: what is mounted later hides what is earlier. */
public record Mounts(List<Mount> all) {
  private static final Path OWN_TABLE = Path.of("/proc/self/mounts");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final int FIELDS = 4;

  /** One line of the table. */
  public record Mount(String source, Path point, String type, String options) {
    boolean isCgroup2() {
      return type.equals("cgroup2");
    }

    boolean isBpffs() {
      return type.equals("bpf");
    }
  }

  public Mounts {
    all = List.copyOf(all);
  }

  /** What this process sees now. */
  public static Mounts read() {
    return read(OWN_TABLE);
  }

  static Mounts read(Path table) {
    try {
      return of(TextFile.lines(table));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the mount table " + table, e);
    }
  }

  static Mounts of(List<String> lines) {
    return new Mounts(lines.stream().map(line -> line.split(" ")).flatMap(Mounts::mount).toList());
  }

  private static Stream<Mount> mount(String[] fields) {
    if (fields.length < FIELDS) {
      return Stream.empty();
    }
    return path(unescape(fields[1])).stream()
        .map(point -> new Mount(unescape(fields[0]), point, fields[2], fields[3]));
  }

  /** Where Java works in ASCII, as with LANG=C, it has no path for names of other letters. */
  private static Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Space, tab, newline, backslash and # are written as three octal digits. */
  private static String unescape(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }

  /** All mounts of one kind. */
  public Stream<Mount> where(Predicate<Mount> kind) {
    return all.stream().filter(kind);
  }

  /** The mount that a path without symbolic links lies on. */
  public Optional<Mount> of(Path real) {
    Comparator<Mount> deeper = Comparator.comparingInt(mount -> mount.point().getNameCount());
    return all.stream()
        .filter(mount -> real.startsWith(mount.point()))
        .reduce((one, later) -> deeper.compare(later, one) >= 0 ? later : one);
  }
}
