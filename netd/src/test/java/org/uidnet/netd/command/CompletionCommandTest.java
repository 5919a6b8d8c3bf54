package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.netd.testing.Commands;

class CompletionCommandTest extends CommandTest {
  @ParameterizedTest
  @CsvSource({"quo, 1, quota", "usage --pack, 2, --packets", "chain repl, 2, replace"})
  void bash_completesCommandsAndOptions(String typed, int word, String completed)
      throws IOException {
    assertThat(complete(typed, word).lines()).contains(completed);
  }

  @Test
  void hiddenCommands_areNotOffered() throws IOException {
    assertThat(complete("wa", 1)).isEmpty();
  }

  private String complete(String typed, int word) throws IOException {
    assertThat(runAsItIs("completion")).as(err()).isZero();
    Path script = Files.writeString(dir.resolve("completion"), out());
    return Commands.run(
        "bash",
        "-c",
        "source "
            + script
            + "; compopt() { :; }; COMP_WORDS=(uidnet "
            + typed
            + "); COMP_CWORD="
            + word
            + "; _complete_uidnet; printf '%s\\n' \"${COMPREPLY[@]}\"");
  }
}
