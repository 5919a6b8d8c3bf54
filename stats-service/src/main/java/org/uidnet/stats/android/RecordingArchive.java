package org.uidnet.stats.android;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A zip archive with recordings in any folder, read as a stream: nothing is written anywhere, and
 * names of folders mean nothing. What it holds besides is passed over.
 *
 * <p>Which of its recordings were handed over before the archive turns out to be damaged cannot be
 * taken back: who wants all or none reads it twice.
 */
public final class RecordingArchive {
  /** Phones keep some thirty files. */
  static final int MAX_ENTRIES = 10_000;

  /** The largest that we know expands to 3 MB. */
  static final long MAX_EXPANDED = 64L << 20;

  /** Recordings shrink to about 40 %. */
  static final int MAX_RATIO = 100;

  /** So much may be expanded from next to nothing. */
  private static final long RATIO_FROM = 1 << 20;

  private final String name;
  private final ArchiveInput compressed;
  private final ZipInputStream zip;
  private int entries;
  private long expanded;

  private RecordingArchive(String name, InputStream stream) {
    this.name = name;
    compressed = new ArchiveInput(stream);
    zip = new ZipInputStream(compressed);
  }

  /** Takes each recording of an archive, in its order. */
  @FunctionalInterface
  public interface Visitor {
    /** The content ends with the recording; it need not be read to the end. */
    void visit(RecordingName name, InputStream content) throws IOException;
  }

  /**
   * Shows all recordings of an archive; reads to the end of the stream, which stays open.
   *
   * @param name of the archive, for errors
   * @throws RecordingException if it is not a whole zip archive, or is a bomb
   * @throws IOException if the stream cannot be read
   */
  public static void read(String name, InputStream stream, Visitor visitor) throws IOException {
    new RecordingArchive(name, stream).read(visitor);
  }

  private void read(Visitor visitor) throws IOException {
    try {
      for (Optional<ZipEntry> entry = next(); entry.isPresent(); entry = next()) {
        read(entry.get(), visitor);
      }
      requireEnd();
    } catch (ZipException | EOFException e) {
      throw fault("an intact zip archive", String.valueOf(e.getMessage()));
    }
  }

  private Optional<ZipEntry> next() throws IOException {
    try {
      return Optional.ofNullable(zip.getNextEntry());
    } catch (IllegalArgumentException e) {
      throw fault("a name in UTF-8", "other bytes");
    }
  }

  private void read(ZipEntry entry, Visitor visitor) throws IOException {
    entries++;
    require(entries <= MAX_ENTRIES, "at most " + MAX_ENTRIES + " files in an archive");
    String path = entry.getName();
    Optional<RecordingName> recording =
        RecordingName.parse(path.substring(path.lastIndexOf('/') + 1));
    Content content = new Content();
    if (recording.isPresent()) {
      visitor.visit(recording.get(), content);
    }
    content.drain();
  }

  /**
   * Without its directory an archive was cut short, maybe between two files, which the stream of
   * entries does not tell.
   */
  private void requireEnd() throws IOException {
    compressed.drain();
    int listed = compressed.listedEntries();
    if (listed != entries || entries == 0) {
      throw fault(
          "the directory of a zip archive with " + entries + " files",
          listed == 0 ? "none" : listed + " files in it");
    }
  }

  private RecordingException fault(String expected, String found) {
    return new RecordingException(name, compressed.offset(), expected, found);
  }

  private void require(boolean condition, String expected) {
    if (!condition) {
      throw fault(expected, "more");
    }
  }

  /** The bytes of the present entry, under the limits of the archive. */
  private final class Content extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = zip.read(bytes, from, length);
      expanded += Math.max(0, count);
      require(
          expanded <= MAX_EXPANDED,
          "files of at most " + (MAX_EXPANDED >> 20) + " MiB together in an archive");
      require(
          expanded <= Math.max(RATIO_FROM, MAX_RATIO * compressed.offset()),
          "files that expand to at most " + MAX_RATIO + " times the archive's size");
      return count;
    }

    void drain() throws IOException {
      byte[] rest = new byte[8192];
      while (read(rest, 0, rest.length) != -1) {
        // Only the limits matter.
      }
    }
  }
}
