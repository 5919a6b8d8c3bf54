package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CalledCommandTest extends CommandTest {
  private Set<String> commands(String... words) {
    return Uidnet.commandLineFor(words, context()).getSubcommands().keySet();
  }

  @Test
  void eachCommand_hasTheNameThatItIsFoundBy() {
    assertThat(commands()).containsExactlyElementsOf(Uidnet.commands(context()).keySet());
  }

  @Test
  void calledCommand_isTheOnlyOne() {
    assertThat(commands("usage", "--from", "-7d")).containsExactly("usage");
  }

  @Test
  void noneOrAnUnknownOneCalled_allAreThere() {
    assertThat(commands()).contains("run", "usage", "lockdown");
    assertThat(commands("usge")).isEqualTo(commands());
    assertThat(commands("--help")).isEqualTo(commands());
  }

  @Test
  void commandsThatTellOfOthers_haveThem() {
    assertThat(commands("man", "here")).isEqualTo(commands());
    assertThat(commands("completion")).isEqualTo(commands());
  }
}
