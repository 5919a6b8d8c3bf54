package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceFilesTest {
  @TempDir Path dir;

  @Test
  void others_oneFileForEachNamespaceOldestFirst() throws IOException {
    process("self", "net:[100]");
    process("1", "net:[100]");
    Path newer = process("20", "net:[300]");
    process("21", "net:[100]");
    Path older = process("30", "net:[200]");

    assertThat(files().others()).containsExactly(older, newer);
  }

  @Test
  void others_theSameForSeveralProcessesIsOne() throws IOException {
    process("self", "net:[100]");
    process("20", "net:[300]");
    process("21", "net:[300]");

    assertThat(files().others()).hasSize(1);
  }

  @Test
  void others_namedOnesNeedNoProcess() throws IOException {
    Path named = Files.createDirectory(dir.resolve("netns"));
    Path file = Files.createFile(named.resolve("blue"));

    assertThat(files().others()).containsExactly(file);
  }

  @Test
  void others_skipsWhatIsGoneOrStrange() throws IOException {
    process("1", "somewhere else");
    Files.createDirectories(dir.resolve("proc/2"));
    Files.createDirectories(dir.resolve("proc/sys"));

    assertThat(files().others()).isEmpty();
  }

  private NamespaceFiles files() {
    return new NamespaceFiles(dir.resolve("proc"), dir.resolve("netns"));
  }

  private Path process(String pid, String namespace) throws IOException {
    Path ns = Files.createDirectories(dir.resolve("proc").resolve(pid).resolve("ns"));
    return Files.createSymbolicLink(ns.resolve("net"), Path.of(namespace));
  }
}
