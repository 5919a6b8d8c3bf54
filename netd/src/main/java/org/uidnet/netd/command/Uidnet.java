package org.uidnet.netd.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The command {@code uidnet} with its subcommands.
 *
 * <p>A further command is a class with {@code @Command} that implements {@code Callable<Integer>}
 * and answers an exit code of {@link ExitCode}, or implements nothing and has commands of its own;
 * it is added in {@link #commandLine}, or from outside by {@link
 * CommandLine#addSubcommand(Object)}. What goes wrong is thrown: see {@link Failures}.
 */
@Command(
    name = "uidnet",
    header = "Per-UID network accounting and firewall.",
    mixinStandardHelpOptions = true,
    versionProvider = Uidnet.Version.class,
    description = {
      "",
      "Small programs in the kernel count every packet for the UID whose socket it is, and judge it;"
          + " a daemon keeps the history and answers the other commands. Help for each of them:"
          + " uidnet COMMAND --help",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    footer = {
      "",
      "Examples:",
      "  uidnet demo              a simulated phone: no root, nothing attached",
      "  sudo uidnet run          count this host, until Ctrl-C",
      "  uidnet usage --from -7d  who used how much in the last week",
      "  uidnet open              the same and more in a browser"
    })
public final class Uidnet {
  private Uidnet() {}

  public static CommandLine commandLine(Context context) {
    CommandLine uidnet =
        new CommandLine(new Uidnet())
            .addSubcommand(
                Settings.of(
                    () -> new RunCommand(context), context.environment(), Settings.USUAL_FILE))
            .addSubcommand(
                Settings.of(
                    () -> new DemoCommand(context),
                    context.environment(),
                    Settings.USUAL_FILE_OF_DEMO))
            .addSubcommand(new CheckCommand(context))
            .addSubcommand(new UnloadCommand(context))
            .addSubcommand(new UsageCommand(context))
            .addSubcommand(new WhoCommand(context))
            .addSubcommand(new TopCommand(context))
            .addSubcommand(new HistoryCommand(context))
            .addSubcommand(new TruthCommand(context))
            .addSubcommand(new StatusCommand(context))
            .addSubcommand(new TraceCommand(context))
            .addSubcommand(new EventsCommand(context))
            .addSubcommand(new ChainCommand(context))
            .addSubcommand(new StateCommand(context))
            .addSubcommand(new AllowlistCommand(context))
            .addSubcommand(new RulesCommand(context))
            .addSubcommand(new QuotaCommand(context))
            .addSubcommand(new AlertCommand(context))
            .addSubcommand(new OpenCommand(context))
            .addSubcommand(new TokenCommand(context))
            .addSubcommand(new BlockCommand(context))
            .addSubcommand(new AllowCommand(context))
            .addSubcommand(new ExplainCommand(context))
            .addSubcommand(new DropsCommand(context))
            .addSubcommand(new ConfirmCommand(context))
            .addSubcommand(new TagCommand(context))
            .addSubcommand(new ExportCommand(context))
            .addSubcommand(new BackupCommand(context))
            .addSubcommand(new VacuumCommand(context))
            .addSubcommand(new ImportCommand(context))
            .addSubcommand(new CompletionCommand(context))
            .addSubcommand(new ManCommand(context));
    for (UidSetting setting : UidSetting.values()) {
      uidnet.addSubcommand(UidSettingCommand.of(setting, context));
    }
    uidnet.addSubcommand(new WarmUpCommand(context));
    uidnet.getCommandSpec().usageMessage().exitCodeList(ExitCode.MEANINGS);
    return configure(uidnet, context);
  }

  /** Settings reach only the subcommands that are there; for those added later call it again. */
  public static CommandLine configure(CommandLine uidnet, Context context) {
    Failures failures = new Failures(context);
    nameSubcommand(uidnet);
    uidnet.getSubcommands().values().forEach(Uidnet::nameSubcommand);
    return uidnet
        .setOut(context.out())
        .setErr(context.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(context.ansi()))
        .setParameterExceptionHandler(failures::badUsage)
        .setExecutionExceptionHandler(failures::failed)
        .setExecutionStrategy(Uidnet::execute);
  }

  /** Whoever calls a command that does nothing itself must name one of its commands. */
  private static void nameSubcommand(CommandLine command) {
    if (!(command.getCommand() instanceof Callable)) {
      command.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
    }
  }

  private static int execute(ParseResult called) {
    Settings.requireNoMistake(called);
    return new RunLast().execute(called);
  }

  /** The version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Uidnet.class.getPackage().getImplementationVersion();
      return new String[] {"uidnet " + Objects.requireNonNullElse(version, "development")};
    }
  }
}
