package org.uidnet.netd.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.HostPort;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.SimulatedDaemon;
import org.uidnet.simulator.scenario.Scenarios;

/** Users and interfaces that call themselves what would harm a careless page. */
@Timeout(180)
class HostileNamesTest {
  private static final Instant NOON = Instant.parse("2026-03-07T12:00:00Z");
  private static final long LONG_NAME = 5005;

  private static final String SCENARIO =
      """
      title: Names
      zone: UTC
      interfaces:
        "<b>eth": {kind: ethernet}
      traffic:
        chat: {over: udp, up: 1 MB, down: 1 MB}
      users:
        "<img src=x onerror=alert(1)>": {uid: 5001, does: [{do: chat, every: 10 m}]}
        "'\\"><script>alert(2)</script>": {uid: 5002, does: [{do: chat, every: 10 m}]}
        "\\u202Etxt.exe\\u2066\\u200B": {uid: 5003, does: [{do: chat, every: 10 m}]}
        "bell\\a\\e[2J\\r\\nline": {uid: 5004, does: [{do: chat, every: 10 m}]}
        ? "%s"
        : {uid: 5005, does: [{do: chat, every: 10 m}]}
      """;

  @TempDir Path directory;

  private SimulatedDaemon daemon() throws IOException {
    Path scenario =
        Files.writeString(directory.resolve("names.yaml"), SCENARIO.formatted("x".repeat(10_000)));
    var plan = new SimulatedDaemon.Plan(Scenarios.read(scenario), 1, Duration.ofHours(2), 60);
    var config =
        new DaemonConfig(
            StateDir.in(directory),
            Optional.of(new HostPort("127.0.0.1", 0)),
            Duration.ofMinutes(1));
    return new SimulatedDaemon(plan, config, (done, all) -> {}, NOON);
  }

  @Test
  void names_areShownAsText_andNoMore() throws IOException {
    try (Browser browser = Browser.open();
        SimulatedDaemon daemon = daemon()) {
      daemon.makeHistory();
      daemon.goOn(NOON);
      browser.show("http://" + daemon.http().orElseThrow() + "/");
      browser.awaitSight("#token");
      browser.type("#token", Files.readString(StateDir.in(directory).adminToken()).strip());
      browser.click("#entrance-form button");

      browser.awaitSight("#simulated");
      browser.awaitText(".users", "<img src=x onerror=alert(1)>");
      assertThat(browser.text(".users"))
          .contains("'\"><script>alert(2)</script>", "txt.exe", "bell[2Jline")
          .doesNotContainPattern("[\\u202e\\u2066\\u200b\\u0007\\u001b]")
          .doesNotContain("x".repeat(100));
      assertHarmless(browser);

      browser.run("location.hash = arguments[0]; return true", "#uid=" + LONG_NAME);
      browser.awaitText("#uid h1", "xxx");
      browser.awaitText("#uid .legend", "<b>eth");
      assertHarmless(browser);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void assertHarmless(Browser browser) {
    assertThat(browser.run("return document.querySelectorAll('#main b, #main script').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return document.querySelectorAll('[onerror]').length")).isEqualTo(0L);
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat((List<?>) browser.run("return [...document.images].map(image => image.src)"))
        .allMatch(source -> source.toString().endsWith("/dashboard/icon.svg"));
  }
}
