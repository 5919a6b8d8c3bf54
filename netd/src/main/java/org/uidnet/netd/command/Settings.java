package org.uidnet.netd.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a command's options get their values from when its command line does not say: from the
 * environment, else from the configuration file, else from their defaults. Every long option {@code
 * --poll-interval} is also a variable, {@code UIDNET_POLL_INTERVAL}, and a key of the file, {@code
 * poll-interval}.
 *
 * <p>Every value is tried when it is read, used or not, and mistakes are collected, so that all of
 * them are said at once, and before anything is done. Not thread-safe.
 */
final class Settings implements IParameterPreprocessor, IDefaultValueProvider {
  static final Path USUAL_FILE = Path.of("/etc/uidnet/uidnet.yaml");

  /** Not the daemon's, whose keys are others. */
  static final Path USUAL_FILE_OF_DEMO = Path.of("/etc/uidnet/demo.yaml");

  private static final String CONFIG = "--config";

  /** What to do, not how. */
  private static final Set<String> NO_SETTINGS =
      Set.of(CONFIG, "--load-only", "--help", "--version");

  private final Supplier<?> command;
  private final Map<String, String> environment;
  private final Path usualFile;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();

  private Settings(Supplier<?> command, Map<String, String> environment, Path usualFile) {
    this.command = command;
    this.environment = environment;
    this.usualFile = usualFile;
  }

  /**
   * A command that can be configured. It must have an option {@code --config}, and {@link
   * #requireNoMistake} must be asked before it is executed.
   *
   * @param command makes one; values are tried on others than the one that is executed
   * @param usualFile is read when no other is named, if it is there
   */
  static CommandLine of(Supplier<?> command, Map<String, String> environment, Path usualFile) {
    Settings settings = new Settings(command, environment, usualFile);
    CommandLine line = new CommandLine(command.get());
    line.getCommandSpec().preprocessor(settings).defaultValueProvider(settings);
    line.getCommandSpec().parser().collectErrors(true);
    return line;
  }

  /** Those of a command that can be configured. */
  static Optional<Settings> of(CommandSpec command) {
    return command.defaultValueProvider() instanceof Settings settings
        ? Optional.of(settings)
        : Optional.empty();
  }

  Path usualFile() {
    return usualFile;
  }

  Stream<String> variables(CommandSpec command) {
    return options(command).keySet().stream().map(Settings::variableName);
  }

  /** Called when the command was found, before its options are read. */
  @Override
  public boolean preprocess(
      Stack<String> arguments,
      CommandSpec spec,
      @Nullable ArgSpec argument,
      Map<String, Object> info) {
    values.clear();
    mistakes.clear();
    Map<String, OptionSpec> options = options(spec);
    take(file(arguments), options);
    takeEnvironment(options);
    return false; // and now picocli reads them
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(option.longestName()) : null;
  }

  /**
   * Says all that is wrong with settings and options of the command that was called.
   *
   * @throws ParameterException unless nothing is
   */
  static void requireNoMistake(ParseResult result) {
    ParseResult called = result;
    while (called.hasSubcommand()) {
      called = called.subcommand();
    }
    if (!called.isUsageHelpRequested() && !called.isVersionHelpRequested()) {
      ParseResult all = called;
      of(called.commandSpec()).ifPresent(settings -> settings.requireNoMistakeIn(all));
    }
  }

  private void requireNoMistakeIn(ParseResult called) {
    List<Exception> onCommandLine = called.errors();
    if (mistakes.isEmpty()
        && onCommandLine.size() == 1
        && onCommandLine.get(0) instanceof ParameterException only) {
      throw only; // with what it can suggest
    }
    List<String> all = new ArrayList<>(mistakes);
    onCommandLine.forEach(e -> all.add(String.valueOf(e.getMessage())));
    if (!all.isEmpty()) {
      throw new ParameterException(called.commandSpec().commandLine(), text(all));
    }
  }

  private static String text(List<String> mistakes) {
    return mistakes.size() == 1
        ? mistakes.get(0)
        : mistakes.stream()
            .collect(
                Collectors.joining(
                    "\n  ", mistakes.size() + " mistakes, nothing was done\n  ", ""));
  }

  private static Map<String, OptionSpec> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> option.longestName().startsWith("--") && !option.hidden())
        .filter(option -> !NO_SETTINGS.contains(option.longestName()))
        .collect(
            Collectors.toMap(
                OptionSpec::longestName, option -> option, (a, b) -> a, java.util.TreeMap::new));
  }

  private ConfigFile file(Stack<String> arguments) {
    return named(arguments)
        .or(() -> variable(CONFIG))
        .map(Path::of)
        .or(() -> Optional.of(usualFile).filter(Files::exists))
        .map(ConfigFile::read)
        .orElseGet(ConfigFile::none);
  }

  /** The stack has the first argument on top. */
  private static Optional<String> named(Stack<String> arguments) {
    for (int i = arguments.size() - 1; i >= 0; i--) {
      String word = arguments.get(i);
      if (word.startsWith(CONFIG + "=")) {
        return Optional.of(word.substring(CONFIG.length() + 1));
      }
      if (word.equals(CONFIG) && i > 0) {
        return Optional.of(arguments.get(i - 1));
      }
    }
    return Optional.empty();
  }

  private void take(ConfigFile file, Map<String, OptionSpec> options) {
    mistakes.addAll(file.mistakes());
    file.values()
        .forEach(
            (key, value) -> {
              OptionSpec option = options.get("--" + key);
              if (option == null) {
                mistakes.add(file.path() + ": " + unknown(key, options));
              } else {
                take(file.path() + ": " + key, value, option);
              }
            });
  }

  private static String unknown(String key, Map<String, OptionSpec> options) {
    return "there is no key '%s'; keys are %s"
        .formatted(
            key,
            options.keySet().stream()
                .map(name -> name.substring(2))
                .collect(Collectors.joining(", ")));
  }

  private void takeEnvironment(Map<String, OptionSpec> options) {
    options.forEach(
        (name, option) ->
            variable(name).ifPresent(value -> take(variableName(name), value, option)));
  }

  /** An empty variable is none. */
  private Optional<String> variable(String option) {
    return Optional.ofNullable(environment.get(variableName(option)))
        .filter(value -> !value.isEmpty());
  }

  private static String variableName(String option) {
    return "UIDNET_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private void take(String source, String value, OptionSpec option) {
    Optional<String> mistake = mistake(value, option);
    if (mistake.isPresent()) {
      mistakes.add(source + ": " + mistake.get());
    } else {
      values.put(option.longestName(), value);
    }
  }

  private Optional<String> mistake(String value, OptionSpec option) {
    if (option.typeInfo().isBoolean()) {
      return value.equals("true") || value.equals("false")
          ? Optional.empty()
          : Optional.of("'" + value + "' is neither true nor false");
    }
    try {
      new CommandLine(command.get()).parseArgs(option.longestName() + "=" + value);
      return Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(reason(e));
    }
  }

  private static String reason(ParameterException e) {
    Throwable told = e.getCause() instanceof TypeConversionException cause ? cause : e;
    return String.valueOf(told.getMessage());
  }
}
