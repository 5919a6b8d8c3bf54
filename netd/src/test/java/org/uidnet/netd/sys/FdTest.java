package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FdTest {
  @Test
  void openCount_openAndClose_followsOnce() {
    int before = Fd.openCount();
    Fd root = Fd.open(Path.of("/"));
    assertThat(Fd.openCount()).isEqualTo(before + 1);
    root.close();
    root.close();
    assertThat(Fd.openCount()).isEqualTo(before);
  }

  @Test
  void number_closed_isRefused() {
    Fd root = Fd.open(Path.of("/"));
    root.close();
    assertThatThrownBy(root::number)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the descriptor is closed");
  }

  @Test
  void open_missing_saysWhatAndWhy() {
    assertThatThrownBy(() -> Fd.open(Path.of("/none")))
        .isInstanceOf(SysException.class)
        .hasMessage("open /none: ENOENT (not there)");
  }
}
