package org.uidnet.netd.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.uidnet.netd.TextFile;

/**
 * What one text file says, read again whenever the file has become another one.
 *
 * <p>Thread-safe; two threads may read the file at the same time, to the same effect.
 */
final class NameFile<T> {
  private final Path file;
  private final Function<Stream<String>, T> parser;
  private volatile Content<T> content;

  /**
   * @param parser gets the lines; must cope with any text
   */
  NameFile(Path file, Function<Stream<String>, T> parser) {
    this.file = file;
    this.parser = parser;
    this.content = new Content<>(Optional.empty(), parser.apply(Stream.empty()));
  }

  private record Content<T>(Optional<Stamp> stamp, T value) {}

  /** What changes when a file is written or replaced. */
  private record Stamp(String inode, FileTime modified, long size) {}

  /** What the file says now; what an empty one would say when it cannot be read. */
  T value() {
    Optional<Stamp> now = stamp();
    if (!now.equals(content.stamp())) {
      content = new Content<>(now, now.isPresent() ? read() : parser.apply(Stream.empty()));
    }
    return content.value();
  }

  private Optional<Stamp> stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      String inode = String.valueOf(now.fileKey());
      return Optional.of(new Stamp(inode, now.lastModifiedTime(), now.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private T read() {
    try {
      return parser.apply(TextFile.lines(file).stream());
    } catch (IOException e) {
      return parser.apply(Stream.empty());
    }
  }
}
