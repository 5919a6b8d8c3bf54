package org.uidnet.netd.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    header = "Manual pages, one for each command.",
    description = {
      "",
      "Writes uidnet.1, uidnet-usage.1 and so on for man to read; pages that are there are replaced.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet man ~/.local/share/man/man1; man uidnet-usage",
      "  sudo uidnet man /usr/local/share/man/man1"
    })
final class ManCommand implements Callable<Integer> {
  private final Context context;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where to; it is made if need be.")
  private Path directory;

  ManCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<CommandSpec> commands = withSubcommands(spec.root()).toList();
    try {
      Files.createDirectories(directory);
      for (CommandSpec command : commands) {
        Files.writeString(directory.resolve(ManPage.name(command) + ".1"), ManPage.of(command));
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_USAGE,
          "cannot write pages to %s (%s); name a directory where you may write"
              .formatted(directory, e));
    }
    context.note("wrote %d pages to %s".formatted(commands.size(), directory));
    return ExitCode.OK;
  }

  private static Stream<CommandSpec> withSubcommands(CommandSpec command) {
    return Stream.concat(
        Stream.of(command), ManPage.subcommands(command).flatMap(ManCommand::withSubcommands));
  }
}
