package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExportCommandTest extends CommandTest {
  private static final String EXPORT = "/v1/usage/export";

  @Test
  void export_writesAllOfHistoryToAFileOfItsOwner() throws IOException {
    daemon.reply(EXPORT, 200, "start,end\n");
    Path file = dir.resolve("history.csv");

    assertThat(run("export", file.toString())).isZero();

    assertThat(daemon.requests()).startsWith("GET " + EXPORT + "?resolution=1h&format=csv&from=0");
    assertThat(file).hasContent("start,end");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(err()).isEqualTo("note: wrote " + file + ", 10 B\n");
  }

  @Test
  void export_takesFiltersAndTheFormatOfTheName() {
    daemon.reply(EXPORT, 200, "{}");

    assertThat(
            run(
                "export",
                "--from",
                "-30d",
                "--uid",
                "alice",
                "--resolution",
                "1d",
                dir + "/a.jsonl"))
        .isZero();

    assertThat(daemon.requests())
        .startsWith("GET " + EXPORT + "?uid=1000&from=-30d&resolution=1d&format=jsonl");
  }

  @Test
  void export_ofAUser_isItsOwn() {
    daemon.refuse(EXPORT, 403, "only your own").reply(EXPORT, 200, "x");

    assertThat(run("export", dir + "/a.csv")).isZero();

    assertThat(daemon.requests().get(1)).contains("uid=self");
  }

  @Test
  void export_fails_leavesNoFile() throws IOException {
    daemon.refuse(EXPORT, 503, "locked");

    assertThat(run("export", dir + "/a.csv")).isEqualTo(ExitCode.FAILED);

    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("a.csv"));
    }
  }

  @Test
  void export_whereNobodyMayWrite_saysSo() {
    assertThat(run("export", dir + "/none/a.csv")).isEqualTo(ExitCode.BAD_USAGE);

    assertThat(err()).contains("cannot write to " + dir + "/none");
  }
}
