package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.testing.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The pages stay in {@code target/man}. */
class ManCommandTest extends CommandTest {
  private static final Path PAGES = Path.of("target", "man").toAbsolutePath();

  @BeforeEach
  void writePages() throws IOException {
    Files.createDirectories(PAGES);
    for (Path old : pages()) {
      Files.delete(old);
    }
    assertThat(runAsItIs("man", PAGES.toString())).as(err()).isZero();
  }

  @Test
  void everyCommand_hasAPage() throws IOException {
    assertThat(pages())
        .map(page -> page.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            commands().map(command -> ManPage.name(command) + ".1").toList())
        .contains("uidnet.1", "uidnet-usage.1", "uidnet-chain-list.1")
        .doesNotContain("uidnet-warm-up.1");
  }

  @Test
  void everyPage_hasWhatReadersLookFor() {
    assertThat(commands())
        .allSatisfy(
            command ->
                assertThat(page(command))
                    .contains(".SH NAME\n" + ManPage.name(command) + " - ")
                    .contains(".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH EXIT STATUS")
                    .containsPattern(".SH EXAMPLES\n.EX\n.*" + command.qualifiedName()));
  }

  @Test
  void everyOption_isInItsPage() {
    assertThat(commands())
        .allSatisfy(
            command -> {
              List<String> terms = terms(page(command));
              assertThat(command.options())
                  .extracting(OptionSpec::longestName)
                  .allSatisfy(option -> assertThat(terms).anyMatch(term -> names(term, option)));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"uidnet", "uidnet-run", "uidnet-demo"})
  void whatIsConfigured_hasVariablesAndFiles(String page) throws IOException {
    assertThat(Files.readString(PAGES.resolve(page + ".1")))
        .contains(".SH ENVIRONMENT\n", ".SH FILES\n", "/etc/uidnet/");
  }

  @Test
  void variablesOfRun_areThoseOfItsOptions() throws IOException {
    assertThat(Files.readString(PAGES.resolve("uidnet-run.1")))
        .contains("UIDNET_POLL_INTERVAL", "UIDNET_HISTORY_MAX_SIZE")
        .doesNotContain("UIDNET_CONFIG");
  }

  @Test
  void man_showsThemAt80Columns_andWarnsOfNothing() throws IOException {
    needsMan();
    Path warnings = dir.resolve("warnings");
    String shown =
        sh("MANWIDTH=80 man --warnings -l -E UTF-8 %s/*.1 2>%s | col -bx", PAGES, warnings);
    assertThat(warnings).isEmptyFile();
    assertThat(shown)
        .contains(
            """
            SYNOPSIS
                   uidnet chain allow [-hV] [--json] [--confirm=TIME] [--state-dir=DIR]
                       [--for=TIME | --until=TIME | --until-reboot] CHAIN UID|NAME
            """)
        .doesNotContain("\u001b", "\u2010");
  }

  @Test
  void whatis_findsEveryPage() throws IOException {
    needsMan();
    assertThat(sh("lexgrog %s/*.1", PAGES).lines())
        .hasSameSizeAs(pages())
        .noneMatch(line -> line.contains("parse failed"));
  }

  @Test
  void directoryThatCannotBeMade_isNamed() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThat(runAsItIs("man", file.resolve("man1").toString())).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err()).contains("cannot write pages to " + file, "name a directory");
  }

  private static void needsMan() {
    assumeTrue(Files.exists(Path.of("/usr/bin/man")), "needs Debian's package man-db");
  }

  private static String sh(String script, Object... words) {
    return Commands.run("sh", "-c", script.formatted(words));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages.toList();
    }
  }

  /** As it is written, but for dashes and fonts. */
  private static String page(CommandSpec command) {
    try {
      return Files.readString(PAGES.resolve(ManPage.name(command) + ".1"))
          .replace("\\-", "-")
          .replaceAll("\\\\f[BIR]", "");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> terms(String page) {
    return Pattern.compile("(?m)^\\.TP\n(.*)$")
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  /** {@code -h, --help}, {@code --json}, {@code --by=LIST}, {@code --[no-]persist}. */
  private static boolean names(String term, String option) {
    return Stream.of(term.replace("[no-]", "").split("[ =\\[]")).anyMatch(option::equals);
  }

  private Stream<CommandSpec> commands() {
    return withSubcommands(Uidnet.commandLine(context()));
  }

  private static Stream<CommandSpec> withSubcommands(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    return command.usageMessage().hidden()
        ? Stream.of()
        : Stream.concat(
            Stream.of(command),
            line.getSubcommands().values().stream().flatMap(ManCommandTest::withSubcommands));
  }
}
