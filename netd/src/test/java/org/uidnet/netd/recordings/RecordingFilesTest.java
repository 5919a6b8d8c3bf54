package org.uidnet.netd.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFilesTest {
  @TempDir Path dir;

  private Path write(String name, String content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = dir.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  /** Name and content of each recording. */
  private static List<String> shown(RecordingFiles files) throws IOException {
    List<String> shown = new ArrayList<>();
    files.forEach(
        (path, name, content) ->
            shown.add(name + "=" + new String(content, StandardCharsets.UTF_8)));
    return shown;
  }

  @Test
  void in_aFolder_findsRecordingsBelowAndInArchives() throws IOException {
    write("netstats/uid.1-2", "a");
    write("netstats/import.attempts", "b");
    write("xt.3-", "c");
    zip("all.zip", "netstats/dev.5-6", "netstats/other");

    RecordingFiles files = RecordingFiles.in(dir);

    assertThat(files.count()).isEqualTo(3);
    assertThat(files.problems()).isEmpty();
    assertThat(shown(files)).containsExactly("uid.1-2=a", "xt.3-=c", "dev.5-6=netstats/dev.5-6");
  }

  @Test
  void in_oneFile_isThatFile() throws IOException {
    write("uid.3-4", "x");

    assertThat(shown(RecordingFiles.in(write("uid.1-2", "a")))).containsExactly("uid.1-2=a");
    assertThat(shown(RecordingFiles.in(zip("a.zip", "uid.5-6"))))
        .containsExactly("uid.5-6=uid.5-6");
  }

  @Test
  void in_aFolderWithADamagedArchive_leavesAllOfItOut() throws IOException {
    Path archive = zip("damaged.zip", "uid.1-2", "uid.3-4");
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length - 5));
    write("uid.5-6", "a");

    RecordingFiles files = RecordingFiles.in(dir);

    assertThat(files.problems())
        .singleElement()
        .asString()
        .startsWith(archive + ", byte ")
        .contains("expected the directory of a zip archive");
    assertThat(shown(files)).containsExactly("uid.5-6=a");
  }

  @Test
  void forEach_ofAFileThatIsTooLong_saysSo() throws IOException {
    Path file = write("uid.1-2", "");
    Files.write(file, new byte[(20 << 20) + 1]);

    assertThatThrownBy(() -> shown(RecordingFiles.in(file)))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is longer than any recording: over 20971520 bytes");
  }
}
