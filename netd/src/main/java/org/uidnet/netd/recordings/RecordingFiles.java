package org.uidnet.netd.recordings;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.uidnet.stats.android.RecordingArchive;
import org.uidnet.stats.android.RecordingException;
import org.uidnet.stats.android.RecordingName;

/**
 * The recordings in a folder and in those below it, also in zip archives there. Archives are looked
 * through before anything is shown, so nothing comes out of a damaged one.
 */
public final class RecordingFiles {
  /** The daemon refuses what does not fit into as much memory. */
  private static final int LONGEST = 20 << 20;

  private static final int DEPTH = 8;

  private final List<Path> files = new ArrayList<>();
  private final List<Path> archives = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int count;

  private RecordingFiles() {}

  /** Takes one recording. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One after the other.
     *
     * @param path where it is, for people
     * @param name of the file, as the daemon wants it
     */
    void visit(String path, String name, byte[] content) throws IOException;
  }

  /** Looks through a folder, an archive, or one recording. */
  public static RecordingFiles in(Path place) throws IOException {
    RecordingFiles found = new RecordingFiles();
    try (Stream<Path> paths = Files.walk(place, DEPTH)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        found.look(path);
      }
    }
    return found;
  }

  private void look(Path path) throws IOException {
    if (RecordingName.parse(path.getFileName().toString()).isPresent()) {
      files.add(path);
      count++;
    } else if (path.toString().endsWith(".zip")) {
      lookThrough(path);
    }
  }

  private void lookThrough(Path archive) throws IOException {
    int[] recordings = {0};
    try (InputStream in = open(archive)) {
      RecordingArchive.read(archive.toString(), in, (name, content) -> recordings[0]++);
      archives.add(archive);
      count += recordings[0];
    } catch (RecordingException e) {
      problems.add(e.getMessage());
    }
  }

  /** How many recordings there are. */
  public int count() {
    return count;
  }

  /** What archives were left out, and why. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  public void forEach(Visitor visitor) throws IOException {
    for (Path file : files) {
      try (InputStream in = open(file)) {
        visitor.visit(file.toString(), file.getFileName().toString(), read(file.toString(), in));
      }
    }
    for (Path archive : archives) {
      try (InputStream in = open(archive)) {
        RecordingArchive.read(
            archive.toString(), in, (name, content) -> show(archive, name, content, visitor));
      }
    }
  }

  private static void show(Path archive, RecordingName name, InputStream content, Visitor visitor)
      throws IOException {
    String path = archive + "/" + name;
    visitor.visit(path, name.toString(), read(path, content));
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private static byte[] read(String path, InputStream in) throws IOException {
    byte[] content = in.readNBytes(LONGEST + 1);
    if (content.length > LONGEST) {
      throw new IOException(path + " is longer than any recording: over " + LONGEST + " bytes");
    }
    return content;
  }
}
