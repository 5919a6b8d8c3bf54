package org.uidnet.netd.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Completion of commands and options, for bash and zsh.",
    description = {"", "Prints a script for the shell to read.", ""},
    footer = {
      "",
      "Examples:",
      "  source <(uidnet completion)                                    in this shell",
      "  uidnet completion > /etc/bash_completion.d/uidnet              in each bash",
      "  uidnet completion > ~/.uidnet; echo '. ~/.uidnet' >> ~/.zshrc  in each zsh, after compinit"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Context context;
  @Spec private CommandSpec spec;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandSpec uidnet = spec.root();
    context.out().print(AutoComplete.bash(uidnet.name(), uidnet.commandLine()));
    context.out().flush();
    return ExitCode.OK;
  }
}
