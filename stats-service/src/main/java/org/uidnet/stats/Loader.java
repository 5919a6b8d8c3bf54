package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Control;
import org.uidnet.stats.Interface.Place;
import org.uidnet.stats.Usage.ImportedFile;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkType;

/** Reads what memory holds of the store. */
final class Loader {
  private final Connection connection;

  Loader(Connection connection) {
    this.connection = connection;
  }

  State load(Host host, Control control) throws SQLException {
    Epoch epoch = epoch(host, control);
    return new State(
        epoch,
        books(epoch.boot(), control.hostNamespace()),
        tiers(),
        baseline(epoch),
        totals(epoch),
        devices(epoch),
        imports(),
        alerts());
  }

  /** The stored epoch of the maps, or one that will be stored by the first snapshot. */
  private Epoch epoch(Host host, Control control) throws SQLException {
    Optional<Integer> boot = oneInt(Sql.BOOT, host.bootId());
    Optional<Epoch> stored =
        boot.isPresent() ? storedEpoch(boot.get(), control.epoch()) : Optional.empty();
    if (stored.isPresent()) {
      return stored.get();
    }
    int bootId = boot.isPresent() ? boot.get() : oneInt(Sql.NEXT_BOOT).orElseThrow();
    int id = oneInt(Sql.NEXT_EPOCH).orElseThrow();
    return Epoch.unstored(bootId, id, control);
  }

  private Optional<Epoch> storedEpoch(int boot, UUID epoch) throws SQLException {
    try (PreparedStatement query = prepare(Sql.EPOCH, boot, epoch);
        ResultSet row = query.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Epoch(boot, row.getInt(1), true, row.getLong(2), row.getLong(3), row.getLong(4)))
          : Optional.empty();
    }
  }

  private Books books(int boot, long host) throws SQLException {
    Books books = Books.empty(host);
    loadInterfaces(books, boot);
    loadSeries(books.series());
    loadNames(books.names());
    return books;
  }

  private void loadInterfaces(Books books, int boot) throws SQLException {
    Map<Integer, Set<NetworkIdentity>> recorded = recordedNetworks();
    try (PreparedStatement query = prepare(Sql.INTERFACES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        books.interfaces().load(row.getInt(1), iface(row, recorded));
      }
    }
    if (books.interfaces().size() == 0) {
      books.interfaces().idOf(Interface.UNKNOWN);
    }
    try (PreparedStatement query = prepare(Sql.CURRENT_INTERFACES, boot);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        books.current().load(new Place(row.getLong(2), row.getInt(3)), row.getInt(1));
      }
    }
  }

  private static Interface iface(ResultSet row, Map<Integer, Set<NetworkIdentity>> recorded)
      throws SQLException {
    return new Interface(
        row.getLong(2),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        Networks.View.valueOf(row.getString(6)),
        new NetworkType(row.getInt(13)),
        row.getBoolean(7),
        row.getBoolean(8),
        Optional.ofNullable(row.getString(9)),
        row.getBoolean(10),
        row.getBoolean(14),
        row.getBoolean(12)
            ? Optional.of(new NetworkIdentitySet(recorded.getOrDefault(row.getInt(1), Set.of())))
            : Optional.empty());
  }

  private Map<Integer, Set<NetworkIdentity>> recordedNetworks() throws SQLException {
    Map<Integer, Set<NetworkIdentity>> networks = new HashMap<>();
    try (PreparedStatement query = prepare(Sql.RECORDED_NETWORKS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        networks
            .computeIfAbsent(row.getInt(1), key -> new HashSet<>())
            .add(
                new NetworkIdentity(
                    new NetworkType(row.getInt(2)),
                    row.getInt(3),
                    Optional.ofNullable(row.getString(4)),
                    Optional.ofNullable(row.getString(5)),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    row.getBoolean(8),
                    row.getInt(9),
                    row.getInt(10)));
      }
    }
    return networks;
  }

  private void loadSeries(Dictionary<Series> series) throws SQLException {
    try (PreparedStatement query = prepare(Sql.SERIES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        series.load(
            row.getInt(1),
            new Series(
                Kind.valueOf(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                CounterSet.valueOf(row.getString(5)),
                row.getInt(6)));
      }
    }
  }

  private void loadNames(NameBook names) throws SQLException {
    try (PreparedStatement query = prepare(Sql.NAMES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        names.load(new NameBook.Entry(row.getLong(1), row.getLong(2), row.getString(3)));
      }
    }
  }

  private Tiers tiers() throws SQLException {
    Tiers.Builder tiers = new Tiers.Builder();
    try (PreparedStatement query = prepare(Sql.ROLLUPS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        tiers.span(resolution(row.getString(1)), new Tiers.Span(row.getInt(2), row.getInt(3)));
      }
    }
    try (PreparedStatement query = prepare(Sql.FLOORS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        tiers.floor(resolution(row.getString(1)), row.getInt(2));
      }
    }
    return tiers.build();
  }

  private static Resolution resolution(String label) {
    for (Resolution resolution : Resolution.values()) {
      if (resolution.label().equals(label)) {
        return resolution;
      }
    }
    throw new HistoryException("history has a tier " + label + " that this uidnet does not know");
  }

  private Baseline baseline(Epoch epoch) throws SQLException {
    Baseline.Editor editor = Baseline.NONE.edit();
    try (PreparedStatement query = chunks(Sql.BASELINES, epoch.id());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        editor.load(Tick.idOf(row.getLong(1)), row.getBytes(2), row.getBytes(3));
      }
    }
    return editor.done();
  }

  private Chunks totals(Epoch epoch) throws SQLException {
    Chunks.Editor editor = Chunks.empty(Values.TRAFFIC).edit();
    try (PreparedStatement query = chunks(Sql.TOTALS, epoch.boot());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        editor.load(Tick.idOf(row.getLong(1)), row.getBytes(2));
      }
    }
    return editor.done();
  }

  private Map<Place, Device> devices(Epoch epoch) throws SQLException {
    Map<Place, Device> devices = new HashMap<>();
    try (PreparedStatement query = prepare(Sql.DEVICES, epoch.id());
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        long[] counters = Packed.unpack(row.getBytes(4), 4 * Values.TRAFFIC);
        devices.put(
            new Place(row.getLong(1), row.getInt(2)), Device.unpack(row.getInt(3), counters));
      }
    }
    return devices;
  }

  private Imports imports() throws SQLException {
    List<Import> imports = new ArrayList<>();
    try (PreparedStatement query = prepare(Sql.IMPORTS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        imports.add(new Import(row.getInt(1), row.getString(6), importedFile(row)));
      }
    }
    return new Imports(imports);
  }

  private Alerts alerts() throws SQLException {
    List<Alert> alerts = new ArrayList<>();
    try (PreparedStatement query = prepare(Sql.ALERTS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        long owner = row.getLong(2);
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(owner);
        alerts.add(
            new Alert(
                row.getLong(1),
                known,
                AlertText.parse(row.getString(3)),
                row.getLong(4),
                row.getLong(5)));
      }
    }
    return new Alerts(alerts);
  }

  private static ImportedFile importedFile(ResultSet row) throws SQLException {
    long end = row.getLong(5);
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
    return new ImportedFile(
        new ImportName(row.getString(2), row.getString(3), row.getLong(4), known),
        Instant.ofEpochMilli(row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        row.getInt(10),
        row.getInt(11),
        new Traffic(row.getLong(12), row.getLong(13), row.getLong(14), row.getLong(15)));
  }

  /** Ids of chunks are made like those of rows: the owner in the upper half. */
  private PreparedStatement chunks(String sql, int owner) throws SQLException {
    return prepare(sql, Tick.row(owner, 0), Tick.row(owner + 1, 0));
  }

  private Optional<Integer> oneInt(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement query = prepare(sql, parameters);
        ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
