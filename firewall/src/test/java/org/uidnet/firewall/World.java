package org.uidnet.firewall;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.uidnet.programs.Event;
import org.uidnet.programs.Networks;

/** A host: maps, clocks, interfaces and sockets, which outlive the services that a test kills. */
final class World {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Terms ROOT = Terms.of(new Author(0, "unix", "test"));

  final FakeRuleMaps maps;
  final Path directory;
  Exemptions exemptions = Exemptions.LINUX;
  List<Networks.Interface> interfaces = new ArrayList<>(Interfaces.ALL);
  Steps steps = Steps.UNOBSERVED;
  PastUsage past = PastUsage.UNKNOWN;
  Instant wall = START;
  String boot = "boot-1";
  long bootNanos = Duration.ofHours(1).toNanos();

  /** UIDs with live connections. */
  final List<Long> sockets = new ArrayList<>();

  final List<Long> destroyed = new ArrayList<>();
  final List<Event> destroyedByEvent = new ArrayList<>();
  Runnable onDestroy = () -> {};
  private Optional<FirewallService> last = Optional.empty();

  World(Path directory) {
    this(directory, 64);
  }

  World(Path directory, int highRows) {
    this.directory = directory;
    maps = new FakeRuleMaps(highRows);
  }

  FirewallConfig config() {
    return new FirewallConfig(
        directory, exemptions, BackgroundDelay.DEFAULT, ZoneOffset.UTC, Set.of());
  }

  FirewallService open() {
    Networks networks = () -> interfaces;
    FirewallService service =
        FirewallService.open(
            new FirewallService.Parts(
                config(),
                maps,
                networks,
                new Destroyer(),
                new Boot(boot, () -> bootNanos),
                new WorldClock(),
                (template, from, to) -> past.byUid(template, from, to),
                reached -> steps.reached(reached)));
    last = Optional.of(service);
    return service;
  }

  /** Makes the file that an older version would have left. */
  void storeOlder(int schema, String... statements) throws SQLException {
    JdbcDataSource file = new JdbcDataSource();
    file.setURL("jdbc:h2:file:" + config().fileWithoutSuffix());
    file.setUser("");
    file.setPassword("");
    Flyway.configure()
        .dataSource(file)
        .locations("classpath:org/uidnet/firewall/migration")
        .target(Integer.toString(schema))
        .load()
        .migrate();
    try (Connection connection = file.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What is stored of an end after so much time. */
  String expiry(Duration time) {
    return Expiry.after(time, new Moment(wall, boot, bootNanos)).text();
  }

  void pass(Duration time) {
    wall = wall.plus(time);
    bootNanos += time.toNanos();
  }

  void reboot(Duration downtime) {
    boot += "x";
    bootNanos = 0;
    wall = wall.plus(downtime);
  }

  void kill() {
    last.ifPresent(FirewallService::abandon);
  }

  private final class WorldClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return wall;
    }
  }

  private final class Destroyer implements SocketDestroyer {
    @Override
    public int destroy(LongPredicate uids) {
      onDestroy.run();
      List<Long> ended = sockets.stream().filter(uids::test).toList();
      sockets.removeAll(ended);
      destroyed.addAll(ended);
      return ended.size();
    }

    @Override
    public boolean destroy(Event event) {
      destroyedByEvent.add(event);
      return true;
    }
  }
}
