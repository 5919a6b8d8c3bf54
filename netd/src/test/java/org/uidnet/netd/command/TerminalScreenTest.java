package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.command.TopFrame.Size;

class TerminalScreenTest {
  @Test
  void parseSize_ofStty() {
    assertThat(TerminalScreen.parseSize("50 200")).contains(new Size(200, 50));
    assertThat(TerminalScreen.parseSize("0 0")).isEmpty();
    assertThat(TerminalScreen.parseSize("stty: standard input: Not a tty")).isEmpty();
  }

  @Test
  void frame_isDrawnInPlaceWithoutScrolling() {
    assertThat(TerminalScreen.frame(List.of("a", "b", "c"), 2))
        .isEqualTo("\u001b[Ha\u001b[K\r\nb\u001b[K\u001b[J");
  }
}
