package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.StateDir;

class DemoDirectoryTest {
  @TempDir Path parent;
  private Path place;
  private Context context;

  @BeforeEach
  void becomeMyself() {
    place = parent.resolve("demo");
    Context process = Context.ofProcess();
    context =
        new Context(
            process.out(),
            process.err(),
            false,
            Map.of("XDG_RUNTIME_DIR", parent.toString()),
            process.clock(),
            process.names(),
            process.uid());
  }

  private DemoDirectory open(Path path) {
    return DemoDirectory.open(Optional.of(path), context);
  }

  @Test
  void open_newOne_staysWithItsFiles() throws IOException {
    try (DemoDirectory directory = open(place)) {
      Files.writeString(directory.files().historyDatabase(), "old");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
          .isEqualTo("rwx--x--x");
    }
    assertThat(StateDir.in(place).historyDatabase()).exists();
  }

  @Test
  void open_thatOfAnEarlierDemo_isWiped() throws IOException {
    open_newOne_staysWithItsFiles();
    try (DemoDirectory directory = open(place)) {
      assertThat(directory.files().historyDatabase()).doesNotExist();
    }
  }

  @Test
  void open_withARealHistory_isRefusedAndTouchesNothing() throws IOException {
    Files.createDirectory(place);
    Path history = Files.writeString(StateDir.in(place).historyDatabase(), "real");

    assertThatThrownBy(() -> open(place))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_USAGE))
        .hasMessageContaining(place + " holds files that are not of a demo");
    assertThat(history).hasContent("real");
    assertThat(Files.list(place)).containsExactly(history);
  }

  @Test
  void open_twice_isRefused() throws IOException {
    try (DemoDirectory first = open(place)) {
      assertThatThrownBy(() -> open(place)).hasMessageContaining("another demo runs there");
      assertThat(first.files().demoMark()).exists();
    }
  }

  @Test
  void open_aLinkOfSomebody_isRefused() throws IOException {
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.createSymbolicLink(place, elsewhere);
    assertThatThrownBy(() -> open(place)).hasMessageContaining("it is no directory");
    assertThat(Files.list(elsewhere)).isEmpty();
  }

  @Test
  void open_theUsualOne_isGoneInTheEnd() throws IOException {
    try (DemoDirectory directory = DemoDirectory.open(Optional.empty(), context)) {
      assertThat(directory.files().data()).isEqualTo(parent.resolve("uidnet-demo"));
      Files.writeString(directory.files().adminToken(), "x");
    }
    assertThat(Files.list(parent)).isEmpty();
  }
}
