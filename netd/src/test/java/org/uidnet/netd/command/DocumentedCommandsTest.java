package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uidnet.api.HostPort;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.AttributionConfig;
import org.uidnet.netd.daemon.BackgroundConfig;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.Profile;
import org.uidnet.netd.daemon.SimulatedDaemon;
import org.uidnet.netd.dbus.InputConfig;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.netd.tags.TagConfig;
import org.uidnet.netd.testing.Commands;
import org.uidnet.simulator.scenario.Scenarios;
import picocli.CommandLine.MissingParameterException;

/**
 * The commands that documents show are run, against a simulated daemon of docs/examples/office.yaml
 * and from the first to the last of each document; those that need a real host are parsed.
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Instant NOON = Instant.parse("2026-03-10T11:00:00Z");

  /** Not run, and why. */
  private static final Map<String, String> PARSED_ONLY =
      Map.of(
          "run", "is the daemon itself",
          "demo", "is the daemon itself",
          "check", "loads programs into the kernel",
          "unload", "stops daemons",
          "open", "starts a browser",
          "trace", "waits for traffic");

  /** Words of the script in the source tree, which the command does not know. */
  private static final Set<String> OF_THE_SCRIPT = Set.of("test", "package");

  /** Of an installed host. */
  private static final Set<String> HOST_PROGRAMS =
      Set.of("apt", "journalctl", "mv", "systemctl", "unzip");

  /** The fewer, the better. */
  private static final int MOST_NOT_RUN = 30;

  private static final int LEAST_RUN = 100;

  private static final Pattern CONFIRM = Pattern.compile("uidnet confirm (\\d+)");

  @TempDir static Path dir;
  private static SimulatedDaemon daemon;

  private String lastOutput = "";
  private String changeId = "";

  @BeforeAll
  static void start() throws IOException {
    var scenario = Scenarios.read(ROOT.resolve("docs/examples/office.yaml"));
    var plan = new SimulatedDaemon.Plan(scenario, 1, Duration.ofDays(2), 1);
    daemon = new SimulatedDaemon(plan, config(), (done, all) -> {}, NOON);
    daemon.makeHistory();
    daemon.goOn(NOON);
    Files.writeString(dir.resolve("passwd"), passwd());
  }

  private static DaemonConfig config() {
    return new DaemonConfig(
        StateDir.in(dir),
        Optional.of(new HostPort("127.0.0.1", 0)),
        Duration.ofSeconds(1),
        Profile.LINUX,
        Set.of(Context.ofProcess().uid()),
        TagConfig.DEFAULT,
        AttributionConfig.NONE,
        BackgroundConfig.DEFAULT,
        Long.MAX_VALUE,
        InputConfig.NONE,
        FleetConfig.NONE);
  }

  /** The users of the scenario. */
  private static String passwd() {
    return Map.of("root", 0, "www-data", 33, "backup", 34, "alice", 1000, "bob", 1001)
        .entrySet()
        .stream()
        .map(user -> "%s:x:%d:100::/:/bin/sh\n".formatted(user.getKey(), user.getValue()))
        .collect(Collectors.joining());
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static Stream<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md")),
          pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void blocks_areRun(Path document) throws IOException {
    for (DocumentedCommand command : DocumentedCommand.inBlocks(Files.readString(document))) {
      if (isRun(command)) {
        assertThat(run(command)).as("%s: %s", command, lastOutput).isEqualTo(command.exitCode());
        assertShown(command);
      } else if (PARSED_ONLY.containsKey(command.name())) {
        parse(command.words());
      }
    }
  }

  private static boolean isRun(DocumentedCommand command) {
    return command.program().equals("curl")
        || command.program().equals("uidnet")
            && !PARSED_ONLY.containsKey(command.name())
            && !OF_THE_SCRIPT.contains(command.name());
  }

  private int run(DocumentedCommand command) throws IOException {
    return command.program().equals("curl") ? curl(command) : run(command.words());
  }

  /** Lines that are shown are there, but for their figures. */
  private void assertShown(DocumentedCommand command) {
    command
        .output()
        .lines()
        .filter(line -> !line.isBlank() && !line.equals("…"))
        .forEach(line -> assertThat(shape(lastOutput)).as(command.line()).contains(shape(line)));
  }

  private static String shape(String text) {
    return text.replaceAll("\\d+", "0").replaceAll("\\s+", " ");
  }

  private int run(List<String> words) throws IOException {
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said, true);
    List<String> here =
        Stream.concat(words.stream().skip(1).map(this::here), Stream.of("--state-dir", "" + dir))
            .toList();
    String[] arguments = here.toArray(String[]::new);
    int code = Uidnet.commandLineFor(arguments, context(to)).execute(arguments);
    lastOutput = said.toString();
    changeId =
        CONFIRM
            .matcher(lastOutput)
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElse(changeId);
    return code;
  }

  /** What stands for something else, or is a file, as it is in this test. */
  private String here(String word) {
    if (word.equals("ID")) {
      return changeId;
    }
    if (word.startsWith("docs/")) {
      return ROOT.resolve(word).toString();
    }
    return word.matches("[\\w-]+\\.(csv|jsonl|zip)") ? dir.resolve(word).toString() : word;
  }

  private static Context context(PrintWriter to) {
    Context process = Context.ofProcess();
    Path none = dir.resolve("none");
    var files = new HostUidNames.Files(dir.resolve("passwd"), none, none, none, Optional.empty());
    return new Context(
        to,
        to,
        false,
        Map.of("COLUMNS", "100"),
        process.clock(),
        new HostUidNames(files),
        process.uid());
  }

  /** One that fails is an error here. */
  private int curl(DocumentedCommand command) {
    String here =
        command
            .line()
            .replaceFirst("^curl ", "curl -sS --fail-with-body ")
            .replace("/run/uidnet/api.sock", StateDir.in(dir).apiSocket().toString());
    lastOutput = Commands.run("bash", "-c", here);
    return ExitCode.OK;
  }

  private static void parse(List<String> words) {
    String[] arguments = words.stream().skip(1).toArray(String[]::new);
    Uidnet.commandLineFor(arguments, context(new PrintWriter(new StringWriter())))
        .parseArgs(arguments);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void sentences_nameCommandsAsTheyAre(Path document) throws IOException {
    for (String line : DocumentedCommand.inSentences(Files.readString(document))) {
      List<String> words = DocumentedCommand.words(line);
      if (!OF_THE_SCRIPT.contains(words.get(1)) && !words.get(1).equals("COMMAND")) {
        parseName(words);
      }
    }
  }

  private static void parseName(List<String> words) {
    try {
      parse(words);
    } catch (MissingParameterException e) {
      // it is spoken of, not called
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void rules_areTaken(Path document) throws IOException {
    Path file = dir.resolve("documented.yaml");
    List<String> rules =
        DocumentedCommand.blocks(Files.readString(document), "yaml")
            .filter(block -> Pattern.compile("(?m)^rules:").matcher(block).find())
            .toList();
    for (String text : rules) {
      Files.writeString(file, text);
      assertThat(run(List.of("uidnet", "rules", "dry-run", file.toString())))
          .as("%s: %s", text, lastOutput)
          .isZero();
    }
  }

  @Test
  void commands_areNearlyAllRun() throws IOException {
    Map<Boolean, Long> found =
        documents()
            .map(DocumentedCommandsTest::read)
            .flatMap(text -> DocumentedCommand.inBlocks(text).stream())
            .filter(command -> isRun(command) || isNotRun(command))
            .collect(Collectors.partitioningBy(command -> isRun(command), Collectors.counting()));

    assertThat(found.get(true)).isGreaterThan(LEAST_RUN);
    assertThat(found.get(false)).isLessThan(MOST_NOT_RUN);
  }

  private static boolean isNotRun(DocumentedCommand command) {
    return HOST_PROGRAMS.contains(command.program()) || command.program().equals("uidnet");
  }

  private static String read(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
