package org.uidnet.netd.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
 * it is added in {@link #commands}, or from outside by {@link CommandLine#addSubcommand(Object)}.
 * What goes wrong is thrown: see {@link Failures}.
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
  /** Commands that tell of the others. */
  private static final Set<String> ABOUT_ALL = Set.of("completion", "man", "warm-up");

  private Uidnet() {}

  /** With all commands. */
  public static CommandLine commandLine(Context context) {
    return of(commands(context).values(), context);
  }

  /**
   * With the command that is called alone, where that is one: the models of all of them take longer
   * than most commands do.
   */
  public static CommandLine commandLineFor(String[] words, Context context) {
    Map<String, Supplier<Object>> commands = commands(context);
    boolean isOne = words.length > 0 && commands.containsKey(words[0]);
    return isOne && !ABOUT_ALL.contains(words[0])
        ? of(List.of(commands.get(words[0])), context)
        : of(commands.values(), context);
  }

  private static CommandLine of(Collection<Supplier<Object>> commands, Context context) {
    CommandLine uidnet = new CommandLine(new Uidnet());
    commands.forEach(command -> uidnet.addSubcommand(command.get()));
    uidnet.getCommandSpec().usageMessage().exitCodeList(ExitCode.MEANINGS);
    return configure(uidnet, context);
  }

  /** By name, in the order of the help. */
  static Map<String, Supplier<Object>> commands(Context context) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put(
        "run",
        () ->
            Settings.of(() -> new RunCommand(context), context.environment(), Settings.USUAL_FILE));
    commands.put(
        "demo",
        () ->
            Settings.of(
                () -> new DemoCommand(context),
                context.environment(),
                Settings.USUAL_FILE_OF_DEMO));
    commands.put("check", () -> new CheckCommand(context));
    commands.put("unload", () -> new UnloadCommand(context));
    commands.put("usage", () -> new UsageCommand(context));
    commands.put("who", () -> new WhoCommand(context));
    commands.put("top", () -> new TopCommand(context));
    commands.put("history", () -> new HistoryCommand(context));
    commands.put("truth", () -> new TruthCommand(context));
    commands.put("status", () -> new StatusCommand(context));
    commands.put("doctor", () -> new DoctorCommand(context));
    commands.put("trace", () -> new TraceCommand(context));
    commands.put("events", () -> new EventsCommand(context));
    commands.put("chain", () -> new ChainCommand(context));
    commands.put("interface", () -> new InterfaceCommand(context));
    commands.put("state", () -> new StateCommand(context));
    commands.put("allowlist", () -> new AllowlistCommand(context));
    commands.put("rules", () -> new RulesCommand(context));
    commands.put("quota", () -> new QuotaCommand(context));
    commands.put("alert", () -> new AlertCommand(context));
    commands.put("open", () -> new OpenCommand(context));
    commands.put("token", () -> new TokenCommand(context));
    commands.put("block", () -> new BlockCommand(context));
    commands.put("allow", () -> new AllowCommand(context));
    commands.put("explain", () -> new ExplainCommand(context));
    commands.put("drops", () -> new DropsCommand(context));
    commands.put("confirm", () -> new ConfirmCommand(context));
    commands.put("tag", () -> new TagCommand(context));
    commands.put("export", () -> new ExportCommand(context));
    commands.put("backup", () -> new BackupCommand(context));
    commands.put("vacuum", () -> new VacuumCommand(context));
    commands.put("import", () -> new ImportCommand(context));
    commands.put("completion", () -> new CompletionCommand(context));
    commands.put("man", () -> new ManCommand(context));
    for (UidSetting setting : UidSetting.values()) {
      commands.put(setting.command(), () -> UidSettingCommand.of(setting, context));
    }
    commands.put("warm-up", () -> new WarmUpCommand(context));
    return commands;
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
