package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The questions of docs/fleet.md, to a real PostgreSQL. */
class FleetQueriesTest {
  private static final Pattern QUESTION =
      Pattern.compile("### (.+)\\n(?s:.*?)```sql\\n((?s:.*?))```");

  private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private static final int THREE_HOURS = 36;
  private static final int KEYS = 2;

  private static PostgresServer server;
  private static Map<String, String> questions;

  /**
   * Both begin three hours before this one; beta has not sent its last two, and is silent since.
   */
  private static final MemoryQueue ALPHA =
      new MemoryQueue(HOUR.minus(Duration.ofHours(3)), 1, THREE_HOURS, KEYS);

  private static final MemoryQueue BETA =
      new MemoryQueue(HOUR.minus(Duration.ofHours(3)), 2, 12, KEYS);

  @BeforeAll
  static void fill() throws IOException, InterruptedException, SQLException {
    questions = questions();
    server = PostgresServer.start();
    send("alpha", ALPHA);
    send("beta", BETA);
    server.execute(
        "UPDATE uidnet_hosts SET sent_at = now() - interval '2 hours', lost_from = now() - interval"
            + " '9 days', lost_to = now() - interval '8 days' WHERE host = 'beta'");
    server.execute("UPDATE uidnet_usage SET metered = true WHERE host = 'beta' AND uid = 1001");
    server.execute("UPDATE uidnet_usage SET boot = 'before' WHERE host = 'beta' AND uid = 1001");
  }

  private static Map<String, String> questions() throws IOException {
    Map<String, String> questions = new LinkedHashMap<>();
    Matcher matcher = QUESTION.matcher(Files.readString(Path.of("../docs/fleet.md")));
    while (matcher.find()) {
      questions.put(matcher.group(1), matcher.group(2));
    }
    return questions;
  }

  private static void send(String host, MemoryQueue queue) {
    BlockedRow blocked = new BlockedRow(HOUR, 1000, "DOZE", "EGRESS", 3, 180);
    try (Exporter exporter =
        new Exporter(
            host,
            "postgres",
            new PostgresSink(server.target(), Optional.of(server.passwordFile())),
            queue,
            (from, to) -> List.of(blocked),
            Clock.systemUTC(),
            new Backoff(new SplittableRandom()))) {
      exporter.round();
      assertThat(exporter.status().trouble()).isEmpty();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static List<List<String>> ask(String title) throws SQLException {
    return server.query(questions.get(title));
  }

  private static List<String> column(String title, int column) throws SQLException {
    return ask(title).stream().map(row -> row.get(column)).toList();
  }

  @Test
  void allQuestions_areTested() {
    assertThat(questions).hasSize(10);
  }

  @Test
  void topUids_areThoseOfAllHosts() throws SQLException {
    List<List<String>> rows = ask("Top UIDs of the fleet over a day");
    assertThat(rows)
        .extracting(row -> row.subList(0, 3))
        .containsExactly(List.of("1001", "user1", "2"), List.of("1000", "user0", "2"));
    assertThat(rows.stream().mapToLong(row -> Long.parseLong(row.get(3))).sum())
        .isEqualTo(bytes(ask("Top hosts over a day")));
  }

  private static long bytes(List<List<String>> hosts) {
    return hosts.stream()
        .mapToLong(row -> Long.parseLong(row.get(1)) + Long.parseLong(row.get(2)))
        .sum();
  }

  @Test
  void topHosts_areByAllTheirTraffic() throws SQLException {
    List<List<String>> rows = ask("Top hosts over a day");
    assertThat(rows).extracting(row -> row.get(0)).containsExactly("alpha", "beta");
    assertThat(rows)
        .extracting(row -> row.get(1))
        .containsExactly(String.valueOf(ALPHA.rxBytes()), String.valueOf(BETA.rxBytes()));
  }

  @Test
  void silentHosts_areNamed() throws SQLException {
    assertThat(column("Hosts that went silent", 0)).containsExactly("beta");
  }

  @Test
  void hostsThatLag_areNamed() throws SQLException {
    assertThat(column("Hosts that lag by more than an hour", 0)).startsWith("beta");
  }

  @Test
  void oneUid_hasEachHour() throws SQLException {
    assertThat(ask("One UID over all hosts by hour")).hasSize(3);
  }

  @Test
  void metered_isTold() throws SQLException {
    assertThat(ask("Metered traffic of a month"))
        .singleElement()
        .satisfies(row -> assertThat(row.subList(0, 3)).containsExactly("beta", "1001", "user1"));
  }

  @Test
  void blocked_isTold() throws SQLException {
    assertThat(ask("Blocked bytes")).containsExactly(List.of("1000", "DOZE", "2", "6", "360"));
  }

  @Test
  void boots_areCounted() throws SQLException {
    assertThat(ask("Hosts that were booted")).containsExactly(List.of("beta", "2"));
  }

  @Test
  void lostTimes_areTold() throws SQLException {
    assertThat(column("Times that are missing for good", 0)).containsExactly("beta");
  }

  @Test
  void forgetting_leavesWhatIsNew() throws SQLException {
    server.execute(questions.get("Forget what is older than a year"));
    assertThat(server.query("SELECT count(*) FROM uidnet_usage"))
        .containsExactly(List.of(String.valueOf(ALPHA.rows() + BETA.rows())));
  }
}
