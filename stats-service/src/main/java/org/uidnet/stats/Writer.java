package org.uidnet.stats;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.uidnet.stats.Interface.Place;
import org.uidnet.stats.Usage.ImportedFile;
import org.uidnet.stats.network.NetworkIdentity;

/** The transactions that store snapshots and what belongs to them. For the writer only. */
final class Writer {
  /** Rows that the traffic of one round may become at most, when it has to be spread over long. */
  private static final int MAX_ROWS = 100_000;

  /** Recorded networks are never an interface of ours. */
  private static final int NO_BOOT = 0;

  private final Database database;
  private final Statements statements;
  private final BucketCalendar calendar;
  private final Resolution finest;
  private final Ledger ledger;

  Writer(Database database, StatsConfig config) {
    this.database = database;
    calendar = new BucketCalendar(config.zone());
    finest = config.finest();
    statements = new Statements(database.writer());
    ledger = new Ledger(statements, calendar, finest);
  }

  /** Names of the boot and the epoch, which the first snapshot of them stores. */
  record Identity(String bootId, long bootTime, UUID epoch) {}

  /** One transaction for deltas, baseline and totals: all of it is stored, or nothing. */
  State store(Round round, State before, Identity identity) throws SQLException {
    State[] after = {round.after()};
    database.write(
        connection -> {
          storeEpoch(before.epoch(), after[0].epoch(), identity);
          storeBooks(after[0]);
          Spread spread = round.spread(calendar, finest, MAX_ROWS);
          Tiers tiers = ledger.add(round, spread, before.tiers());
          if (!round.usage().isEmpty()) {
            exportAgain(spread.tick(0));
          }
          after[0] = after[0].with(tiers);
          storeBaseline(after[0], round.changedBaselines());
          storeTotals(after[0], round.changedTotals());
          storeDevices(after[0], round);
          storeUse(round.alerts().changed());
        });
    before.books().markStored();
    return after[0];
  }

  /** One transaction for values that no round has counted. */
  State store(State before, int series, long[] values, long now) throws SQLException {
    State[] after = {before};
    database.write(
        connection -> {
          storeBooks(before);
          after[0] = before.with(ledger.add(series, values, Tick.of(now), before.tiers()));
          exportAgain(Tick.of(now));
        });
    before.books().markStored();
    return after[0];
  }

  /**
   * One transaction for a recording, in the place of what was imported of the same file.
   *
   * @param progress is told after each row how many there are so far
   */
  State store(State before, Import file, ImportRows rows, LongConsumer progress)
      throws SQLException {
    Optional<Import> earlier = before.imports().of(file.file().name());
    database.write(
        connection -> {
          storeBooks(before);
          if (earlier.isPresent()) {
            forget(earlier.get());
          }
          store(file);
          storeRows(file, rows, progress);
        });
    before.books().markStored();
    return before.with(before.imports().with(file));
  }

  private void forget(Import file) throws SQLException {
    statements.execute(Sql.FORGET_IMPORT, file.id());
    for (Table table : Table.values()) {
      statements.execute(
          Sql.forgetImported(table), Tick.row(file.id(), 0), Tick.row(file.id() + 1, 0));
    }
  }

  private void store(Import each) throws SQLException {
    ImportedFile file = each.file();
    PreparedStatement statement = statements.get(Sql.STORE_IMPORT);
    addBatch(
        statement,
        each.id(),
        file.name().recorder(),
        file.name().source(),
        file.name().start(),
        file.name().end().isPresent() ? file.name().end().getAsLong() : null,
        each.digest(),
        file.importedAt().toEpochMilli(),
        each.first(),
        each.end(),
        file.keys(),
        file.buckets(),
        file.traffic().rxBytes(),
        file.traffic().rxPackets(),
        file.traffic().txBytes(),
        file.traffic().txPackets());
    statement.executeBatch();
  }

  private void storeRows(Import file, ImportRows imported, LongConsumer progress) {
    int[] stored = {0};
    for (Table table : Table.values()) {
      ManyRows rows = new ManyRows(statements, table.imported());
      imported.forEach(
          table,
          (id, buckets) -> {
            rows.add(
                Tick.row(file.id(), id),
                buckets.first(),
                buckets.end(),
                buckets.size(),
                buckets.pack());
            progress.accept(++stored[0]);
          });
      rows.finish();
    }
  }

  /** One transaction for a change of the baseline alone. */
  State store(State before, Baseline.Editor editor) throws SQLException {
    State after = before.with(editor.done());
    database.write(connection -> storeBaseline(after, editor.changedChunks()));
    return after;
  }

  /** One transaction for a new alert; its id is chosen here. */
  State store(State before, Alert alert) throws SQLException {
    Alert[] made = {alert};
    database.write(
        connection -> {
          made[0] = withId(alert);
          PreparedStatement statement = statements.get(Sql.STORE_ALERT);
          addBatch(
              statement,
              made[0].id(),
              alert.owner().isPresent() ? alert.owner().getAsLong() : null,
              AlertText.text(alert.template()),
              alert.thresholdBytes(),
              alert.usedBytes());
          statement.executeBatch();
        });
    return before.with(before.alerts().with(made[0]));
  }

  private Alert withId(Alert alert) throws SQLException {
    try (ResultSet row = statements.get(Sql.NEXT_ALERT).executeQuery()) {
      row.next();
      return alert.numbered(row.getLong(1));
    }
  }

  /** One transaction for an alert that is no longer wanted. */
  State forgetAlert(State before, long id) throws SQLException {
    database.write(connection -> statements.execute(Sql.FORGET_ALERT, id));
    return before.with(before.alerts().without(id));
  }

  private void storeUse(List<Alert> alerts) throws SQLException {
    for (Alert alert : alerts) {
      statements.execute(Sql.STORE_ALERT_USE, alert.usedBytes(), alert.id());
    }
  }

  /** The clock went back: sinks have the bucket with less in it. */
  private void exportAgain(int first) throws SQLException {
    statements.execute(Sql.EXPORT_AGAIN, first, first, first);
  }

  /** Whether there was anything of it. */
  boolean removeUid(long uid) throws SQLException {
    int[] removed = {0};
    database.write(
        connection -> {
          removed[0] += statements.execute(Sql.REMOVE_UID, uid);
          removed[0] += statements.execute(Sql.REMOVE_NAMES, uid);
          removed[0] += statements.execute(Sql.FORGET_ALERTS_OF, uid);
        });
    return removed[0] > 0;
  }

  private void storeEpoch(Epoch before, Epoch after, Identity identity) throws SQLException {
    if (before.stored()) {
      statements.execute(Sql.STORE_AS_OF, after.asOf(), after.asOfElapsed(), after.id());
      return;
    }
    storeBoot(after.boot(), identity);
    statements.execute(
        Sql.STORE_EPOCH,
        after.id(),
        after.boot(),
        identity.epoch(),
        after.attached(),
        after.asOf(),
        after.asOfElapsed());
    for (String sql : Sql.FORGET_EARLIER_BOOTS) {
      statements.execute(sql, after.boot());
    }
  }

  /** A boot may have several epochs; before the first one's traffic is stored. */
  private void storeBoot(int boot, Identity identity) throws SQLException {
    statements.execute(Sql.STORE_BOOT, boot, identity.bootId(), identity.bootTime());
    try (ResultSet row = statements.get(Sql.BOOT_OF_BUCKETS).executeQuery()) {
      if (row.next() && row.getInt(1) == boot) {
        return;
      }
    }
    statements.execute(Sql.STORE_BOOT_OF_BUCKETS, boot);
  }

  private void storeBooks(State state) throws SQLException {
    Books books = state.books();
    storeInterfaces(state);
    ManyRows series = new ManyRows(statements, "series");
    books.series().forEachNew((id, value) -> add(series, id, value));
    series.finish();
    for (NameBook.Entry name : books.names().unstored()) {
      statements.execute(Sql.STORE_NAME, name.uid(), name.since(), name.name());
    }
  }

  private void storeInterfaces(State state) throws SQLException {
    Books books = state.books();
    Epoch epoch = state.epoch();
    PreparedStatement interfaces = statements.get(Sql.STORE_INTERFACE);
    books.interfaces().forEachNew((id, value) -> addBatch(interfaces, id, value, epoch));
    interfaces.executeBatch();
    storeRecordedNetworks(books);
    for (int id : books.current().changed()) {
      statements.execute(Sql.STORE_SEEN, epoch.boot(), epoch.asOf(), id);
    }
  }

  private void storeRecordedNetworks(Books books) throws SQLException {
    PreparedStatement networks = statements.get(Sql.STORE_RECORDED_NETWORK);
    books
        .interfaces()
        .forEachNew(
            (id, value) ->
                value.recorded().stream()
                    .flatMap(set -> set.identities().stream())
                    .forEach(identity -> addBatch(networks, id, identity)));
    networks.executeBatch();
  }

  private static void addBatch(PreparedStatement statement, int id, NetworkIdentity identity) {
    addBatch(
        statement,
        id,
        identity.type().code(),
        identity.radio(),
        identity.subscriber().orElse(null),
        identity.networkKey().orElse(null),
        identity.roaming(),
        identity.metered(),
        identity.defaultNetwork(),
        identity.oem(),
        identity.subscription());
  }

  private static void add(ManyRows rows, int id, Series series) {
    rows.add(
        id, series.kind().name(), series.uid(), series.tag(), series.set().name(), series.iface());
  }

  private static void addBatch(PreparedStatement statement, int id, Interface iface, Epoch epoch) {
    addBatch(
        statement,
        id,
        iface.netns(),
        iface.ifindex(),
        iface.name(),
        iface.label(),
        iface.view().name(),
        iface.metered(),
        iface.roaming(),
        iface.network().orElse(null),
        iface.defaultNetwork(),
        iface.isRecorded() ? NO_BOOT : epoch.boot(),
        epoch.asOf(),
        iface.isRecorded(),
        iface.type().code(),
        iface.inner());
  }

  private static void addBatch(PreparedStatement statement, @Nullable Object... values) {
    try {
      for (int i = 0; i < values.length; i++) {
        if (values[i] == null) {
          statement.setNull(i + 1, Types.VARCHAR);
        } else {
          statement.setObject(i + 1, values[i]);
        }
      }
      statement.addBatch();
    } catch (SQLException e) {
      throw new HistoryException("cannot store a name: " + Problems.rootMessage(e), e);
    }
  }

  private void storeBaseline(State state, BitSet chunks) throws SQLException {
    PreparedStatement statement = statements.get(Sql.STORE_BASELINE);
    for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
      statement.setLong(1, Tick.row(state.epoch().id(), chunk));
      statement.setBytes(2, state.baseline().counters().pack(chunk));
      statement.setBytes(3, state.baseline().retiredOf(chunk));
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private void storeTotals(State state, BitSet chunks) throws SQLException {
    PreparedStatement statement = statements.get(Sql.STORE_TOTALS);
    for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
      statement.setLong(1, Tick.row(state.epoch().boot(), chunk));
      statement.setBytes(2, state.totals().pack(chunk));
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private void storeDevices(State state, Round round) throws SQLException {
    PreparedStatement statement = statements.get(Sql.STORE_DEVICE);
    for (Place place : round.changedDevices()) {
      Device device = state.devices().get(place);
      if (device != null) {
        statement.setInt(1, state.epoch().id());
        statement.setLong(2, place.netns());
        statement.setInt(3, place.ifindex());
        statement.setInt(4, device.iface());
        statement.setBytes(5, Packed.pack(device.pack()));
        statement.addBatch();
      }
    }
    statement.executeBatch();
  }
}
