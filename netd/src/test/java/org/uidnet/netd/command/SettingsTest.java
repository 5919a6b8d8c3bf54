package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.api.HostPort;
import org.uidnet.fleet.PostgresTarget;
import org.uidnet.netd.daemon.LogLevel;
import org.uidnet.netd.daemon.Profile;
import org.uidnet.netd.daemon.TunnelConfig;
import org.uidnet.netd.dbus.HostService;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Of {@code run}, which is never executed here. */
class SettingsTest extends CommandTest {
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("--admins", Set.of()),
          Map.entry("--background-delay", Duration.ofSeconds(5)),
          Map.entry("--background-delay-after-use", Duration.ofSeconds(5)),
          Map.entry("--battery-saver-at", Optional.empty()),
          Map.entry("--bpffs", Optional.empty()),
          Map.entry("--cgroup", Optional.empty()),
          Map.entry("--dns-uid", Set.of()),
          Map.entry("--export-host", Optional.empty()),
          Map.entry("--export-keep", Duration.ofDays(7)),
          Map.entry("--export-otlp", Optional.empty()),
          Map.entry("--export-password-file", Optional.empty()),
          Map.entry("--export-postgres", Optional.empty()),
          Map.entry("--export-token-file", Optional.empty()),
          Map.entry("--history-max-size", Optional.empty()),
          Map.entry("--http", new HttpAddress(Optional.of(new HostPort("127.0.0.1", 8477)))),
          Map.entry("--inputs", Optional.empty()),
          Map.entry("--log-level", LogLevel.WARN),
          Map.entry("--packages-list", Optional.empty()),
          Map.entry("--persist", false),
          Map.entry("--poll-interval", Duration.ofSeconds(10)),
          Map.entry("--profile", Profile.LINUX),
          Map.entry("--state-dir", Optional.empty()),
          Map.entry("--tag-limit-per-uid", 500),
          Map.entry("--tag-limit-total", 90),
          Map.entry("--translated", Set.of()),
          Map.entry("--translation-uid", Set.of()),
          Map.entry("--tunnels", TunnelConfig.NONE));

  private static final Map<String, Object> EVERY_KEY =
      Map.ofEntries(
          Map.entry("--admins", Set.of(1000L, 1001L)),
          Map.entry("--background-delay", Duration.ofSeconds(2)),
          Map.entry("--background-delay-after-use", Duration.ofSeconds(20)),
          Map.entry("--battery-saver-at", Optional.of(20)),
          Map.entry("--bpffs", Optional.of(Path.of("/b"))),
          Map.entry("--cgroup", Optional.of(Path.of("/c"))),
          Map.entry("--dns-uid", Set.of(1051L, 1052L)),
          Map.entry("--export-host", Optional.of("kiosk-7")),
          Map.entry("--export-keep", Duration.ofDays(30)),
          Map.entry("--export-otlp", Optional.of(URI.create("http://c:4318/v1/metrics"))),
          Map.entry("--export-password-file", Optional.of(Path.of("/pw"))),
          Map.entry("--export-token-file", Optional.of(Path.of("/token"))),
          Map.entry(
              "--export-postgres", Optional.of(PostgresTarget.parse("postgresql://u@db/fleet"))),
          Map.entry("--history-max-size", Optional.of(200_000_000L)),
          Map.entry("--http", new HttpAddress(Optional.empty())),
          Map.entry(
              "--inputs",
              Optional.of(new ServiceList(Set.of(HostService.UPOWER, HostService.LOGIND)))),
          Map.entry("--log-level", LogLevel.DEBUG),
          Map.entry("--packages-list", Optional.of(Path.of("/p"))),
          Map.entry("--persist", true),
          Map.entry("--poll-interval", Duration.ofMinutes(2)),
          Map.entry("--profile", Profile.ANDROID),
          Map.entry("--state-dir", Optional.of(Path.of("/s"))),
          Map.entry("--tag-limit-per-uid", 7),
          Map.entry("--tag-limit-total", 50),
          Map.entry("--translated", Set.of("v4-wlan0", "clat")),
          Map.entry("--translation-uid", Set.of(1029L)),
          Map.entry("--tunnels", TunnelConfig.parse("tun0=998:wlan0+eth0,wg0=kernel:eth0")));

  private static final String EVERY_LINE =
      """
      # where
      bpffs: /b
      cgroup: /c
      state-dir: "/s"
      # how
      admins: 1000,1001
      background-delay: 2s
      background-delay-after-use: 20s
      battery-saver-at: 20
      dns-uid: 1051,1052
      export-host: kiosk-7
      export-keep: 30d
      export-otlp: http://c:4318/v1/metrics
      export-password-file: /pw
      export-postgres: postgresql://u@db/fleet
      export-token-file: /token
      history-max-size: 200MB
      http: none
      inputs: upower,logind
      log-level: debug
      packages-list: /p
      persist: true
      poll-interval: 2m
      profile: android
      tag-limit-per-uid: 7
      tag-limit-total: 50
      translated: v4-wlan0,clat
      translation-uid: 1029
      tunnels: tun0=998:wlan0+eth0,wg0=kernel:eth0
      """;

  @Test
  void defaults_nothingIsSaid() {
    assertThat(values(Map.of())).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void everyKey_inTheFile() throws IOException {
    assertThat(values(Map.of(), "--config", file(EVERY_LINE)))
        .containsExactlyInAnyOrderEntriesOf(EVERY_KEY);
  }

  @Test
  void unknownKey_isAMistake() throws IOException {
    assertThat(runAsItIs(harmless("--config=" + file("pol-interval: 10s")))).isEqualTo(2);

    assertThat(err())
        .isEqualTo(
            """
            uidnet run: %s: there is no key 'pol-interval'; keys are admins, background-delay, background-delay-after-use, battery-saver-at, bpffs, cgroup, dns-uid, export-host, export-keep, export-otlp, export-password-file, export-postgres, export-token-file, history-max-size, http, inputs, log-level, packages-list, persist, poll-interval, profile, state-dir, tag-limit-per-uid, tag-limit-total, translated, translation-uid, tunnels
            Try: uidnet run --help
            """
                .formatted(dir.resolve("uidnet.yaml")));
  }

  @Test
  void everyKey_inTheEnvironment() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("UIDNET_ADMINS", "1000,1001"),
            Map.entry("UIDNET_BACKGROUND_DELAY", "2s"),
            Map.entry("UIDNET_BACKGROUND_DELAY_AFTER_USE", "20s"),
            Map.entry("UIDNET_BATTERY_SAVER_AT", "20"),
            Map.entry("UIDNET_BPFFS", "/b"),
            Map.entry("UIDNET_CGROUP", "/c"),
            Map.entry("UIDNET_DNS_UID", "1051,1052"),
            Map.entry("UIDNET_EXPORT_HOST", "kiosk-7"),
            Map.entry("UIDNET_EXPORT_KEEP", "30d"),
            Map.entry("UIDNET_EXPORT_OTLP", "http://c:4318/v1/metrics"),
            Map.entry("UIDNET_EXPORT_PASSWORD_FILE", "/pw"),
            Map.entry("UIDNET_EXPORT_TOKEN_FILE", "/token"),
            Map.entry("UIDNET_EXPORT_POSTGRES", "postgresql://u@db/fleet"),
            Map.entry("UIDNET_HISTORY_MAX_SIZE", "200MB"),
            Map.entry("UIDNET_HTTP", "none"),
            Map.entry("UIDNET_INPUTS", "upower,logind"),
            Map.entry("UIDNET_LOG_LEVEL", "debug"),
            Map.entry("UIDNET_PACKAGES_LIST", "/p"),
            Map.entry("UIDNET_PERSIST", "true"),
            Map.entry("UIDNET_POLL_INTERVAL", "2m"),
            Map.entry("UIDNET_PROFILE", "android"),
            Map.entry("UIDNET_STATE_DIR", "/s"),
            Map.entry("UIDNET_TAG_LIMIT_PER_UID", "7"),
            Map.entry("UIDNET_TAG_LIMIT_TOTAL", "50"),
            Map.entry("UIDNET_TRANSLATED", "v4-wlan0,clat"),
            Map.entry("UIDNET_TRANSLATION_UID", "1029"),
            Map.entry("UIDNET_TUNNELS", "tun0=998:wlan0+eth0,wg0=kernel:eth0"));
    assertThat(values(environment)).containsExactlyInAnyOrderEntriesOf(EVERY_KEY);
  }

  @Test
  void precedence_optionThenVariableThenFile() throws IOException {
    String file = file("cgroup: /file\nbpffs: /file\nstate-dir: /file\n");
    Map<String, Object> values =
        values(
            Map.of("UIDNET_CONFIG", file, "UIDNET_CGROUP", "/env", "UIDNET_BPFFS", "/env"),
            "--cgroup=/option");
    assertThat(values)
        .containsEntry("--cgroup", Optional.of(Path.of("/option")))
        .containsEntry("--bpffs", Optional.of(Path.of("/env")))
        .containsEntry("--state-dir", Optional.of(Path.of("/file")));
  }

  @Test
  void precedence_switchOnAndOff() throws IOException {
    String config = "--config=" + file("persist: true");
    assertThat(values(Map.of(), config)).containsEntry("--persist", true);
    assertThat(values(Map.of(), config, "--persist")).containsEntry("--persist", true);
    assertThat(values(Map.of(), config, "--no-persist")).containsEntry("--persist", false);
  }

  @Test
  void variable_empty_isNotSet() {
    assertThat(values(Map.of("UIDNET_CGROUP", ""))).isEqualTo(new TreeMap<>(DEFAULTS));
  }

  @Test
  void usualFile_ifItIsThere() throws IOException {
    file("poll-interval: 30s");
    assertThat(values(Map.of())).containsEntry("--poll-interval", Duration.ofSeconds(30));
  }

  @Test
  void mistakes_allAreSaidAtOnce() throws IOException {
    String file =
        file("poll-interval: 10x\nhttp: 0.0.0.0:80\npersist: maybe\ncgroup: [a, b]\nx: 1");
    assertThatThrownBy(
            () ->
                values(
                    Map.of("UIDNET_LOG_LEVEL", "loud", "UIDNET_HTTP", "none"),
                    "--poll-interval=6m",
                    "--nonsense",
                    "--config=" + file))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith("8 mistakes, nothing was done\n  ")
        .hasMessageContaining(file + ": cgroup: needs one value")
        .hasMessageContaining(file + ": poll-interval: '10x' is no duration")
        .hasMessageContaining(file + ": http: uidnet listens on loopback only, not on '0.0.0.0'")
        .hasMessageContaining(file + ": persist: 'maybe' is neither true nor false")
        .hasMessageContaining(file + ": there is no key 'x'")
        .hasMessageContaining("UIDNET_LOG_LEVEL: ")
        .hasMessageContaining("'--poll-interval': the poll interval is 360 s")
        .hasMessageContaining("Unknown option: '--nonsense'");
  }

  @Test
  void mistakes_ofTags_areSaid() throws IOException {
    String file = file("dns-uid: 1051,bob\ntranslation-uid: 4294967295\ntag-limit-total: 101");
    assertThatThrownBy(() -> values(Map.of("UIDNET_TAG_LIMIT_PER_UID", "-1"), "--config=" + file))
        .hasMessageStartingWith("4 mistakes, nothing was done\n  ")
        .hasMessageContaining("dns-uid: 'bob' is no UID; write 0 to 4294967294")
        .hasMessageContaining("translation-uid: '4294967295' is no UID")
        .hasMessageContaining("tag-limit-total: '101' is no whole number from 0 to 100")
        .hasMessageContaining(
            "UIDNET_TAG_LIMIT_PER_UID: '-1' is no whole number from 0 to 1000000");
  }

  @Test
  void mistakes_ofInputs_areSaid() throws IOException {
    String file = file("inputs: upower,acpi\nbattery-saver-at: 101");
    assertThatThrownBy(() -> values(Map.of(), "--config=" + file))
        .hasMessageStartingWith("2 mistakes, nothing was done\n  ")
        .hasMessageContaining("inputs: 'acpi' is no service that is listened to; name some of")
        .hasMessageContaining("battery-saver-at: '101' is no whole number from 0 to 100");
  }

  @Test
  void inputs_none_isAnEmptyList() {
    assertThat(values(Map.of("UIDNET_INPUTS", "none")))
        .containsEntry("--inputs", Optional.of(new ServiceList(Set.of())));
  }

  @Test
  void mistakes_manyLines_stayLines() throws IOException {
    assertThat(runAsItIs(harmless("--config=" + file("a: 1\nb: 2")))).isEqualTo(2);
    assertThat(err().lines())
        .hasSize(4)
        .first()
        .asString()
        .endsWith("2 mistakes, nothing was done");
  }

  @Test
  void mistake_ofOneOption_suggestsAsEver() {
    assertThat(runAsItIs(harmless("--poll-intervall=5s"))).isEqualTo(2);
    assertThat(err()).contains("Unknown option: '--poll-intervall=5s'").contains("--poll-interval");
  }

  @Test
  void file_thatIsNotThere_isAMistakeIfNamed() {
    assertMistake("--config=" + dir.resolve("none.yaml"), "none.yaml: there is no such file");
  }

  @Test
  void file_thatIsNoYaml_namesTheLine() throws IOException {
    assertMistake("--config=" + file("http: none\nhttp: none"), "Duplicate field 'http', line 2");
    assertMistake("--config=" + file("http: none\n'"), "line ");
    assertMistake("--config=" + file("- http"), "expected lines such as");
    assertMistake("--config=" + file("http:"), "http: needs one value");
    assertMistake("--config=" + file("http: {a: b}"), "http: needs one value");
  }

  @Test
  void file_empty_isNoMistake() throws IOException {
    assertThat(values(Map.of(), "--config", file("# nothing\n")))
        .containsExactlyInAnyOrderEntriesOf(DEFAULTS);
  }

  @Test
  void help_isGivenWhateverTheFileSays() throws IOException {
    assertThat(runAsItIs(harmless("--help", "--config=" + file("a: 1")))).isZero();
    assertThat(out()).contains("--config=FILE");
  }

  private void assertMistake(String argument, String message) {
    assertThatThrownBy(() -> values(Map.of(), argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(message);
  }

  /** Words that could not attach anything even if they were taken. */
  private static String[] harmless(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--cgroup=/nowhere", "--state-dir=/nowhere"));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(dir.resolve("uidnet.yaml"), yaml).toString();
  }

  /** What the options of {@code run} are then. */
  private Map<String, Object> values(Map<String, String> environment, String... arguments) {
    CommandLine run =
        Settings.of(() -> new RunCommand(context()), environment, dir.resolve("uidnet.yaml"));
    Settings.requireNoMistake(run.parseArgs(arguments));
    Map<String, Object> values = new TreeMap<>();
    for (OptionSpec option : run.getCommandSpec().options()) {
      if (!List.of("--help", "--version", "--config", "--load-only")
          .contains(option.longestName())) {
        values.put(option.longestName(), option.getValue());
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tun0=998|'tun0=998' is no tunnel; write INTERFACE=OWNER:BELOW[+BELOW...]",
        "tun0=ann:eth0|'tun0=ann:eth0' is no tunnel",
        "tun0=9999999999:eth0|'9999999999' is no UID",
        "tun0=1:eth0+eth0|tun0 lists an underlying interface twice",
        "tun0=1:eth0,tun0=2:eth1|tunnel tun0 is there twice",
        "tun0=1:tun1,tun1=2:tun0|tunnels go through each other: [tun0, tun1]",
      })
  void tunnels_thatCannotBe_areMistakes(String text, String why) {
    assertThatThrownBy(() -> values(Map.of("UIDNET_TUNNELS", text)))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("UIDNET_TUNNELS: " + why);
  }
}
