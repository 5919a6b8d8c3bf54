package org.uidnet.netd.command;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.uidnet.netd.StateDir;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page of a command, in the words of its help; beside them what help has no place for:
 * files and variables.
 */
final class ManPage {
  private static final ColorScheme FONTS =
      new ColorScheme.Builder(Ansi.ON)
          .commands(Font.BOLD)
          .options(Font.BOLD)
          .parameters(Font.ITALIC)
          .optionParams(Font.ITALIC)
          .customMarkupMap(Map.of()) // nothing for terminals
          .build();

  /** Begins the lines of help that are shown as they are. */
  private static final String INDENT = "  ";

  private static final List<Item> VARIABLES =
      List.of(
          variable("NO_COLOR", "Anything: no colours."),
          variable("TERM", "Unset or dumb: no colours."),
          variable("COLUMNS", "How wide uidnet top is where its output is no terminal; else 80."),
          variable(
              "XDG_RUNTIME_DIR",
              "Where uidnet demo keeps its files, and uidnet open the page that it shows."));

  private static final List<Item> FILES =
      List.of(
          item(Settings.USUAL_FILE, "Settings of uidnet run, in YAML, a line for each option."),
          item(Settings.USUAL_FILE_OF_DEMO, "Settings of uidnet demo."),
          item(StateDir.OF_HOST.historyDatabase(), "What was counted."),
          item(
              StateDir.OF_HOST.policyDatabase(),
              "Rules, quotas, alerts, tokens, and who changed what."),
          item(StateDir.OF_HOST.adminToken(), "Who may read it may everything, over TCP."),
          item(
              StateDir.OF_HOST.apiSocket(), "HTTP for commands: who calls is known by the socket."),
          item(StateDir.OF_HOST.tagSocket(), "Takes sockets to be tagged from programs."));

  private final CommandSpec command;
  private final Help help;
  private final Roff page;

  private ManPage(CommandSpec command) {
    this.command = command;
    help = new UnwrappedHelp(command);
    page = new Roff(name(command), command.root().version()[0]);
  }

  static String of(CommandSpec command) {
    return new ManPage(command).written();
  }

  /** Such as {@code uidnet-chain-list}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /** Those that help shows. */
  static Stream<CommandSpec> subcommands(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.usageMessage().hidden());
  }

  /** In the order that readers of manuals know. */
  private String written() {
    page.section("NAME").paragraph(name(command) + " - " + header(command));
    page.section("SYNOPSIS").synopsis(marked(help.synopsis(0)));
    page.section("DESCRIPTION");
    lines(description());
    items("COMMANDS", subcommands(command).map(ManPage::item));
    items("ARGUMENTS", arguments());
    items("OPTIONS", options());
    items("EXIT STATUS", exitStatus());
    items("ENVIRONMENT", environment());
    items("FILES", files());
    page.section("EXAMPLES");
    lines(Stream.of(command.usageMessage().footer()).filter(line -> line.startsWith(INDENT)));
    seeAlso();
    return page.toString();
  }

  private static String header(CommandSpec command) {
    String header = String.join(" ", command.usageMessage().header());
    return header.endsWith(".") ? header.substring(0, header.length() - 1) : header;
  }

  private Stream<String> description() {
    String[] description = command.usageMessage().description();
    return Stream.of(description.length == 0 ? command.usageMessage().header() : description);
  }

  private void lines(Stream<String> help) {
    List<String> example = new ArrayList<>();
    help.forEach(
        line -> {
          if (line.startsWith(INDENT)) {
            example.add(line.substring(INDENT.length()));
          } else {
            page.example(example);
            example.clear();
            page.paragraph(line);
          }
        });
    page.example(example);
  }

  private record Item(String term, String meaning) {}

  private void items(String section, Stream<Item> items) {
    List<Item> all = items.filter(item -> !item.meaning().isEmpty()).toList();
    if (!all.isEmpty()) {
      page.section(section);
      all.forEach(item -> page.item(item.term(), item.meaning()));
    }
  }

  private static Item item(CommandSpec command) {
    return new Item(reference(command), header(command));
  }

  private static String reference(CommandSpec command) {
    return Font.BOLD.set(name(command)) + "(1)";
  }

  private Stream<Item> arguments() {
    var renderer = help.createDefaultParameterRenderer();
    return command.positionalParameters().stream()
        .map(argument -> renderer.render(argument, help.parameterLabelRenderer(), FONTS))
        .map(ManPage::item);
  }

  private Stream<Item> options() {
    var renderer = help.createDefaultOptionRenderer();
    return command.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .map(option -> renderer.render(option, help.parameterLabelRenderer(), FONTS))
        .map(ManPage::item);
  }

  /** From picocli's columns: required, short name, comma, long name with its value, meaning. */
  private static Item item(Ansi.Text[][] rows) {
    Ansi.Text[] first = rows[0];
    String term = marked("%s%s %s".formatted(first[1], first[2], first[3])).strip();
    return new Item(term, Stream.of(rows).map(row -> row[4].toString()).collect(joining(" ")));
  }

  /** In fonts only: after labels picocli resets the terminal, whatever the styles. */
  private static String marked(String text) {
    return text.replace(Ansi.Style.reset.off(), "");
  }

  private Stream<Item> exitStatus() {
    Map<String, String> own = command.usageMessage().exitCodeList();
    Map<String, String> codes = own.isEmpty() ? ExitCode.MEANINGS : own;
    return codes.entrySet().stream().map(code -> new Item(code.getKey(), code.getValue()));
  }

  private Stream<Item> environment() {
    return isRoot() ? VARIABLES.stream() : settings().map(this::variables);
  }

  private Item variables(Settings settings) {
    return new Item(
        Font.BOLD.set("UIDNET_*"),
        settings
            .variables(command)
            .map(Font.BOLD::set)
            .collect(
                joining(
                    ", ", "Each stands for the option of its name, if that is not given: ", ".")));
  }

  private Stream<Item> files() {
    return isRoot()
        ? FILES.stream()
        : settings()
            .map(settings -> item(settings.usualFile(), "Settings, if --config names none."));
  }

  private static Item variable(String name, String meaning) {
    return new Item(Font.BOLD.set(name), meaning);
  }

  private static Item item(Path file, String meaning) {
    return new Item(Font.ITALIC.set(file.toString()), meaning);
  }

  private Stream<Settings> settings() {
    return Settings.of(command).stream();
  }

  private boolean isRoot() {
    return command.parent() == null;
  }

  private void seeAlso() {
    if (!isRoot()) {
      page.section("SEE ALSO")
          .paragraph(ancestors().map(ManPage::reference).collect(joining(", ")));
    }
  }

  /** The nearest first. */
  private Stream<CommandSpec> ancestors() {
    return Stream.iterate(command.parent(), Objects::nonNull, CommandSpec::parent);
  }

  /** Leaves it to the reader of the page how wide a screen is. */
  private static final class UnwrappedHelp extends Help {
    UnwrappedHelp(CommandSpec command) {
      super(command, FONTS);
    }

    @Override
    protected String insertSynopsisCommandName(int headingLength, Ansi.Text details) {
      return colorScheme().commandText(commandSpec().qualifiedName()).concat(details).toString();
    }
  }
}
