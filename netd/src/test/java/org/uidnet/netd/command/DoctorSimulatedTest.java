package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.SimulatedDaemon;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.simulator.scenario.Scenarios;

/** What a whole daemon tells, with people in it that this host knows nothing of. */
@Timeout(120)
class DoctorSimulatedTest {
  private static final Instant NOON = Instant.parse("2026-03-07T12:00:00Z");

  private static final String SCENARIO =
      """
      title: Names
      zone: UTC
      interfaces:
        wlan0: {kind: wifi}
      traffic:
        chat: {over: udp, up: 1 MB, down: 1 MB}
      users:
        margarethe: {uid: 5001, does: [{do: chat, every: 10 m}]}
      """;

  @TempDir Path directory;

  private SimulatedDaemon daemon() throws IOException {
    Path scenario = Files.writeString(directory.resolve("names.yaml"), SCENARIO);
    var plan = new SimulatedDaemon.Plan(Scenarios.read(scenario), 1, Duration.ofHours(2), 60);
    var config = new DaemonConfig(StateDir.in(directory), Optional.empty(), Duration.ofMinutes(1));
    return new SimulatedDaemon(plan, config, (done, all) -> {}, NOON);
  }

  @Test
  void doctor_simulatedDaemon_tellsAllAndNamesNobody() throws IOException {
    StringWriter screen = new StringWriter();
    Path file = directory.resolve("report.zip");
    try (SimulatedDaemon daemon = daemon()) {
      daemon.makeHistory();
      daemon.goOn(NOON);
      String[] words = {"doctor", file.toString(), "--state-dir=" + directory};
      Uidnet.commandLineFor(words, context(screen)).execute(words);
    }
    assertThat(screen.toString())
        .contains("on the simulator")
        .contains("✔ programs          7 loaded, simulated")
        .contains("✔ reconciliation    wlan0 ");
    Map<String, String> entries = entries(file);
    assertThat(entries.get("status.json")).contains("usage_5m", "uid_rows");
    assertThat(entries.get("metrics.txt")).contains("uid=\"5001\"");
    assertThat(entries.get("process.txt")).contains("Threads:");
    assertThat(entries.values()).noneMatch(content -> content.contains("margarethe"));
  }

  private static Context context(StringWriter screen) {
    PrintWriter out = new PrintWriter(screen, true);
    HostUidNames names = new HostUidNames(HostUidNames.Files.ofHost());
    return new Context(out, out, false, Map.of(), Clock.systemUTC(), names, 0);
  }

  private static Map<String, String> entries(Path file) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        byte[] content = zip.getInputStream(entry).readAllBytes();
        entries.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
