package org.uidnet.netd.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.uidnet.api.model.Json;

/**
 * What goes into a bug report, as a zip file. Everything passes the redaction on its way in, and
 * what cannot be had is listed with the reason. Not thread-safe.
 */
public final class Bundle {
  private static final ObjectWriter PRETTY = Json.LENIENT.writerWithDefaultPrettyPrinter();

  private final Redaction redaction;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();

  /** A file of the bundle; {@code about}: what is in it. */
  public record Entry(String name, String about, String content) {}

  /** What could not be had, and why. */
  public record Missing(String name, String reason) {}

  /** Where something is had from. */
  @FunctionalInterface
  public interface Source<T> {
    T read() throws IOException;
  }

  /** An empty one. */
  public Bundle(Redaction redaction) {
    this.redaction = redaction;
  }

  public void addText(String name, String about, Source<String> source) {
    add(name, about, () -> redaction.apply(source.read()));
  }

  /** Redacted text by text, before it is escaped. */
  public void addJson(String name, String about, Source<JsonNode> source) {
    add(name, about, () -> PRETTY.writeValueAsString(redaction.apply(source.read())) + "\n");
  }

  /** Also a mistake of ours: whoever has trouble needs the rest of the bundle all the more. */
  private void add(String name, String about, Source<String> source) {
    try {
      entries.add(new Entry(name, about, source.read()));
    } catch (IOException | UncheckedIOException e) {
      leaveOut(name, reason(e));
    } catch (RuntimeException e) {
      leaveOut(name, e.toString());
    }
  }

  public void leaveOut(String name, String reason) {
    missing.add(new Missing(name, redaction.apply(reason)));
  }

  /** Of a file that cannot be read Java tells its name, and often no more. */
  private static String reason(Exception e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + HostRoot.reason(file);
    }
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public List<Missing> missing() {
    return List.copyOf(missing);
  }

  /** Each entry as a file in UTF-8. */
  public void writeTo(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (Entry entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        zip.write(entry.content().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }
}
