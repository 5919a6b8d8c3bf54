package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BackupCommandTest extends CommandTest {
  @Test
  void backup_writesWhatTheDaemonSends() {
    daemon.reply("/v1/backup", 200, "PK...");
    Path file = dir.resolve("backup.zip");

    assertThat(run("backup", file.toString())).isZero();

    assertThat(daemon.requests()).startsWith("POST /v1/backup");
    assertThat(file).hasContent("PK...");
  }

  @Test
  void backup_notPermitted_leavesNoFile() {
    daemon.refuse("/v1/backup", 403, "Only root");

    assertThat(run("backup", dir + "/backup.zip")).isEqualTo(ExitCode.NOT_PERMITTED);

    assertThat(dir.resolve("backup.zip")).doesNotExist();
    assertThat(err()).contains("Only root");
  }
}
