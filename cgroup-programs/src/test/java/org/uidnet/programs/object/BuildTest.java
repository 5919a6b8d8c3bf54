package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The object is what its sources give, whatever the folder. */
class BuildTest {
  private static final Path SOURCES = Path.of("src/main/bpf");
  private static final List<String> TOOLS = List.of("clang-14", "llvm-strip-14");

  @TempDir Path folder;

  @Test
  void build_inAnotherFolder_givesTheSameBytes() throws Exception {
    requireTools();
    Path copy = copySources();

    run(copy.resolve("build.sh"));

    assertThat(folder.resolve(ObjectFile.PATH))
        .as("run cgroup-programs/src/main/bpf/build.sh and commit the object")
        .hasSameBinaryContentAs(ObjectFile.PATH);
  }

  private static void requireTools() {
    List<String> missing = TOOLS.stream().filter(tool -> !isInstalled(tool)).toList();
    if ("required".equals(System.getenv("UIDNET_KERNEL_TESTS"))) {
      assertThat(missing).as("UIDNET_KERNEL_TESTS=required").isEmpty();
    }
    assumeTrue(missing.isEmpty(), () -> "not installed: " + missing);
  }

  private static boolean isInstalled(String tool) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(bin -> Files.isExecutable(Path.of(bin, tool)));
  }

  private Path copySources() throws IOException {
    Path copy = Files.createDirectories(folder.resolve(SOURCES));
    Files.createDirectories(folder.resolve(ObjectFile.PATH).getParent());
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private void run(Path script) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(output)).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
