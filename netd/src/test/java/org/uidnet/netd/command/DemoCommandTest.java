package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class DemoCommandTest {
  private static final int SECONDS = 60;

  @TempDir Path parent;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Context context() {
    Context process = Context.ofProcess();
    return new Context(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        false,
        Map.of("COLUMNS", "80", "XDG_RUNTIME_DIR", parent.toString()),
        process.clock(),
        process.names(),
        process.uid());
  }

  private int run(String... words) {
    return Uidnet.commandLine(context()).execute(words);
  }

  /** A process of its own, since a signal is to end it. */
  private Process demo(int days) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of("org.uidnet.netd.Main", "demo", "--http=none", "--days=" + days));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_RUNTIME_DIR", parent.toString());
    return builder.start();
  }

  @Test
  void demo_isSeenByEveryCommandAndLeavesNothing() throws Exception {
    Process demo = demo(3);
    try (var lines = demo.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (line.startsWith("unattributed: ")) {
          break;
        }
      }
      assertThat(said).first().asString().startsWith("SIMULATED: 3 days of history");
      assertThat(said).anyMatch(line -> line.startsWith("Simulated time "));
      String place = "--state-dir=" + parent.resolve("uidnet-demo");

      assertThat(run("usage", "--by=uid,set,iface", "--from=-90d", place)).isZero();
      assertThat(out.toString()).contains("com.example.video", "FOREGROUND", "wlan0");
      for (String words : List.of("who", "history", "truth", "usage --json", "history --json")) {
        assertSimulated((words + " " + place).split(" "));
      }
      assertThat(run("top", "--once", "--interval=0.1", "--json", place)).isZero();
      assertThat(out.toString()).contains("\"simulated\":true");

      assertThat(run("who")).isEqualTo(ExitCode.NO_DAEMON);
      assertThat(err.toString()).contains("Your demo runs: " + place.replace('=', ' '));

      demo.toHandle().destroy(); // SIGTERM; its output can still be read
      assertThat(demo.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(lines.lines()).isEmpty();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(demo.exitValue()).isZero();
    assertThat(Files.list(parent)).isEmpty();
  }

  private void assertSimulated(String... words) {
    err.getBuffer().setLength(0);
    assertThat(run(words)).isZero();
    assertThat(err.toString())
        .startsWith("SIMULATED: no figure here is real, times are of the simulated clock");
  }

  @Test
  void demo_endedWhileThePastIsMade_leavesNothing() throws Exception {
    Process demo = demo(3650);
    try (var lines = demo.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).startsWith("SIMULATED: 3650 days of history: 0 %");
      demo.toHandle().destroy();
      assertThat(demo.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(demo.exitValue()).isZero();
    assertThat(Files.list(parent)).isEmpty();
  }

  @Test
  void mistakes_ofOptions() {
    assertThat(run("demo", "--days=5000", "--speed=0", "--poll-interval=6m"))
        .isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString())
        .contains("3 mistakes", "'5000' is no whole number from 0 to 3650", "--speed", "360 s");
  }

  @Test
  void mistakes_ofTheScenario() throws IOException {
    assertThat(run("demo", "--scenario=tablet")).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString()).contains("'tablet' is neither one of phone, server, hostile nor");

    Path file = Files.writeString(parent.resolve("mine.yaml"), "title: mine\nusers: 7\n");
    assertThat(run("demo", "--scenario=" + file)).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString()).contains("mine.yaml:2:");
  }

  @Test
  void everyOption_isAKey() throws IOException {
    String yaml =
        "state-dir: /s\nhttp: none\npoll-interval: 1m\nlog-level: info\nscenario: server\nseed: 5\n"
            + "days: 7\nspeed: 600\n";
    Path file = Files.writeString(parent.resolve("demo.yaml"), yaml);
    CommandLine demo = Settings.of(() -> new DemoCommand(context()), Map.of(), file);
    Settings.requireNoMistake(demo.parseArgs());
    Map<String, String> values = new TreeMap<>();
    for (OptionSpec option : demo.getCommandSpec().options()) {
      values.put(option.longestName(), String.valueOf(option.<Object>getValue()));
    }
    assertThat(values)
        .containsEntry("--state-dir", "Optional[/s]")
        .containsEntry("--poll-interval", "PT1M")
        .containsEntry("--log-level", "info")
        .containsEntry("--scenario", "server")
        .containsEntry("--seed", "5")
        .containsEntry("--days", "7")
        .containsEntry("--speed", "600");
  }
}
