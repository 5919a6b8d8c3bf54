package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.Usage;

class MetricsEndpointsTest {
  @TempDir Path dir;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private List<String> metrics() throws IOException {
    var reply = server.get(0, "/metrics");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
    return reply.body().lines().toList();
  }

  private static Usage.Row row(long uid, String name, long bytes) {
    return new Usage.Row(FakeUsage.uid(uid, name), new Traffic(bytes, 1, 0, 0));
  }

  @Test
  void uids_eachHasItsCounters_andWhatIsNobodysToo() throws IOException {
    assertThat(metrics())
        .contains(
            "uidnet_bytes_total{direction=\"rx\",iface=\"\",name=\"ann\",set=\"foreground\",uid=\"1000\"} 4000.0",
            "uidnet_packets_total{direction=\"tx\",iface=\"\",name=\"ann\",set=\"foreground\",uid=\"1000\"} 4.0",
            "uidnet_bytes_total{direction=\"rx\",iface=\"\",name=\"\",set=\"foreground\",uid=\"removed\"} 200.0");
  }

  @Test
  void programs_whatKernelMeasured_isTold() throws IOException {
    assertThat(metrics())
        .contains(
            "uidnet_program_runs_total{program=\"uidnet_egress\"} 1000.0",
            "uidnet_program_run_seconds_total{program=\"uidnet_egress\"} 6.6E-5");
  }

  @Test
  void exports_tellHowFarTheyAre() throws IOException {
    assertThat(metrics())
        .contains(
            "uidnet_export_lag_seconds{sink=\"postgres\"} 600.0",
            "uidnet_export_failing{sink=\"postgres\"} 1.0",
            "uidnet_export_rows_total{sink=\"postgres\"} 4000.0");
  }

  @Test
  void simulator_saysSo() throws IOException {
    assertThat(metrics())
        .anyMatch(line -> line.startsWith("# HELP uidnet_build SIMULATED"))
        .contains("uidnet_build{backend=\"simulator\",version=\"0.1.0\"} 1.0");
  }

  @Test
  void hostileName_staysInItsLine() throws IOException {
    String name = "\"} 1\nevil{a=\"\\ \u202e" + "x".repeat(10_000);
    server.usage.rows = List.of(row(1000, name, 7));

    assertThat(metrics())
        .filteredOn(line -> line.startsWith("uidnet_bytes_total"))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("name=\"\\\"} 1\\nevil{a=\\\"\\\\ \u202exx")
                    .hasSizeLessThan(300))
        .noneMatch(line -> line.startsWith("evil"));
  }

  @Test
  void moreUidsThanAreShown_smallestAreOthers_andStaySo() throws IOException {
    server.usage.rows =
        LongStream.rangeClosed(1, Metrics.MOST_UIDS + 2L).mapToObj(i -> row(i, "u", i)).toList();
    assertThat(metrics()).contains(others(1 + 2)).noneMatch(line -> line.contains("uid=\"2\""));

    server.usage.rows =
        Stream.concat(server.usage.rows.stream(), Stream.of(row(9999, "new", 1_000_000))).toList();
    assertThat(metrics()).contains(others(1 + 2 + 1_000_000));
  }

  private static String others(long bytes) {
    return "uidnet_bytes_total{direction=\"rx\",iface=\"\",name=\"\",set=\"foreground\",uid=\"others\"} "
        + (double) bytes;
  }

  @Test
  void historyUnreadable_restIsTold() throws IOException {
    server.usage.failure = Optional.of(new HistoryException("no history"));

    assertThat(metrics())
        .anyMatch(line -> line.startsWith("uidnet_map_entries"))
        .noneMatch(line -> line.startsWith("uidnet_bytes"));
  }

  @Test
  void grafanaDashboard_asksForMetricsThatThereAre() throws IOException {
    String quota =
        "{\"template\":{},\"cycle\":{\"day\":1,\"timeZone\":\"UTC\"},\"limitBytes\":1000}";
    assertThat(server.send("PUT", "/v1/quotas/all", quota).status()).isEqualTo(200);
    Set<String> told =
        metrics().stream()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.replace("# TYPE ", "").replaceAll(" .*", ""))
            .collect(Collectors.toSet());
    Set<String> asked =
        Pattern.compile("uidnet_\\w+(?=\\{|,)")
            .matcher(Files.readString(Path.of("../docs/examples/grafana.json")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    assertThat(told).containsAll(asked);
    assertThat(asked).hasSizeGreaterThan(10);
  }
}
