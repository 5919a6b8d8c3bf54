package org.uidnet.firewall;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVStoreException;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;

/** What of the firewall outlives the daemon, as rows. Methods are transactions or reads. */
final class PolicyStore implements AutoCloseable {
  private static final int LONGEST_TEXT = 1000;

  /** Enough to see what went on for weeks; a state manager changes something every minute. */
  private static final int MOST_AUDIT = 100_000;

  private static final Duration KEEP_DROPS = Duration.ofDays(90);

  private final PolicyDatabase database;

  private PolicyStore(PolicyDatabase database) {
    this.database = database;
  }

  /** Everything but logs. */
  record Contents(
      Policy policy, List<Undo> undos, QuotaBook quotas, ProcessBook processes, TokenBook tokens) {
    Contents {
      undos = List.copyOf(undos);
    }

    /** Nothing but a policy. */
    static Contents of(Policy policy) {
      return new Contents(policy, List.of(), QuotaBook.EMPTY, ProcessBook.EMPTY, TokenBook.EMPTY);
    }

    Contents with(Policy other) {
      return new Contents(other, undos, quotas, processes, tokens);
    }

    Contents with(List<Undo> others) {
      return new Contents(policy, others, quotas, processes, tokens);
    }

    Contents with(QuotaBook book) {
      return new Contents(policy, undos, book, processes, tokens);
    }

    Contents with(ProcessBook book) {
      return new Contents(policy, undos, quotas, book, tokens);
    }

    Contents with(TokenBook book) {
      return new Contents(policy, undos, quotas, processes, book);
    }

    /** When something of it ends by itself. */
    Stream<Expiry> expiries() {
      return Stream.concat(
          policy
              .lists()
              .flatMap(list -> list.temporary().values().stream())
              .map(ChainState.Temporary::expiry),
          processes.expiries());
    }

    /** Without anything that names the UID, or would name it again. */
    Contents withoutUid(long uid) {
      return new Contents(
          policy.withoutUid(uid),
          undos.stream().map(undo -> undo.withoutUid(uid)).toList(),
          quotas,
          processes.without(uid),
          tokens);
    }
  }

  static PolicyStore open(FirewallConfig config) {
    try {
      return new PolicyStore(PolicyDatabase.open(config));
    } catch (SQLException | IOException | MVStoreException e) {
      throw failure("cannot open policy " + config.file(), e);
    }
  }

  private static FirewallException failure(String what, Exception error) {
    return new FirewallException(
        FirewallException.Cause.STORE,
        what
            + ": "
            + message(error)
            + "; rules stay as they are. See that no other uidnet runs on this --state-dir, that it"
            + " is writable and the disk not full; a damaged file can be moved away to begin with"
            + " no rules",
        error);
  }

  /** Without H2's appended statement and code. */
  private static String message(Exception error) {
    String message = String.valueOf(error.getMessage());
    int statement = message.indexOf("; SQL statement:");
    return statement < 0 ? message : message.substring(0, statement);
  }

  /** Reads or writes. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  private static <T> T run(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException | MVStoreException | IllegalArgumentException e) {
      throw failure("cannot " + what + " policy", e);
    }
  }

  Contents read() {
    return run("read", () -> new Contents(policy(), undos(), quotas(), processes(), tokens()));
  }

  private Policy policy() throws SQLException {
    Map<String, UidSet> lists = lists();
    Map<String, SortedMap<Long, ChainState.Temporary>> temporary = temporary();
    Policy policy = Policy.initial();
    for (ChainState chain : chains()) {
      ChainState list =
          new ChainState(
              chain.name(),
              chain.kind(),
              chain.custom(),
              chain.bit(),
              chain.enabled(),
              lists.getOrDefault(chain.name(), UidSet.EMPTY),
              temporary.getOrDefault(chain.name(), new TreeMap<>()));
      Optional<Allowlist> allowlist = Allowlist.of(chain.name());
      policy = allowlist.isPresent() ? policy.with(allowlist.get(), list) : policy.restored(list);
    }
    for (Setting setting : settings()) {
      policy = policy.with(setting);
    }
    return policy;
  }

  private List<ChainState> chains() throws SQLException {
    return database.query("SELECT name, kind, bit, enabled FROM chains", PolicyStore::chain);
  }

  private static ChainState chain(ResultSet row) throws SQLException {
    String name = row.getString(1);
    return new ChainState(
        name,
        Chain.Kind.valueOf(row.getString(2)),
        ChainState.isCustom(name),
        row.getInt(3),
        row.getBoolean(4),
        UidSet.EMPTY,
        new TreeMap<>());
  }

  private Map<String, UidSet> lists() throws SQLException {
    Map<String, List<Long>> lists = new HashMap<>();
    database.query(
        "SELECT chain, uid FROM chain_uids WHERE listed",
        row ->
            lists
                .computeIfAbsent(row.getString(1), chain -> new ArrayList<>())
                .add(row.getLong(2)));
    Map<String, UidSet> sets = new HashMap<>();
    lists.forEach((chain, uids) -> sets.put(chain, UidSet.of(uids)));
    return sets;
  }

  private Map<String, SortedMap<Long, ChainState.Temporary>> temporary() throws SQLException {
    Map<String, SortedMap<Long, ChainState.Temporary>> all = new HashMap<>();
    database.query(
        "SELECT chain, uid, temporary_rule, expires FROM chain_uids WHERE expires IS NOT NULL",
        row ->
            Optional.ofNullable(
                all.computeIfAbsent(row.getString(1), chain -> new TreeMap<>())
                    .put(
                        row.getLong(2),
                        new ChainState.Temporary(
                            Rule.valueOf(row.getString(3)), Expiry.parse(row.getString(4))))));
    return all;
  }

  private List<Setting> settings() throws SQLException {
    return database.query(
        "SELECT name, document FROM settings",
        row -> SettingText.parse(row.getString(1), row.getString(2)));
  }

  private List<Undo> undos() throws SQLException {
    return database.query(
        "SELECT id, part, earlier, expires FROM pending ORDER BY id",
        row ->
            new Undo(
                row.getLong(1),
                Part.parse(row.getString(2)),
                row.getString(3),
                Expiry.parse(row.getString(4))));
  }

  private QuotaBook quotas() throws SQLException {
    SortedMap<String, QuotaState> states = new TreeMap<>();
    database.query(
        "SELECT id, number, cycle_start, epoch, base, carried, seen, marks, rapid_told FROM"
            + " quota_states",
        row -> Optional.ofNullable(states.put(row.getString(1), quotaState(row))));
    return new QuotaBook(states);
  }

  private static QuotaState quotaState(ResultSet row) throws SQLException {
    return new QuotaState(
        row.getInt(2),
        Instant.parse(row.getString(3)),
        UUID.fromString(row.getString(4)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        QuotaState.marks(row.getString(8)),
        row.getString(9).isEmpty()
            ? Optional.empty()
            : Optional.of(Instant.parse(row.getString(9))));
  }

  private ProcessBook processes() throws SQLException {
    SortedMap<Long, Processes> processes = new TreeMap<>();
    database
        .query("SELECT processes FROM process_blocks", row -> row.getString(1))
        .forEach(text -> processes.putAll(ProcessBlock.parse(text)));
    return new ProcessBook(processes);
  }

  private TokenBook tokens() throws SQLException {
    SortedMap<Long, AccessToken> tokens = new TreeMap<>();
    database.query(
        "SELECT id, name, hash, created_ms, expires_ms FROM tokens",
        row -> Optional.ofNullable(tokens.put(row.getLong(1), token(row))));
    return new TokenBook(tokens);
  }

  private static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        Instant.ofEpochMilli(row.getLong(4)),
        Optional.ofNullable(row.getObject(5, Long.class)).map(Instant::ofEpochMilli));
  }

  long nextAuditId() {
    return run(
            "read",
            () ->
                database.query("SELECT COALESCE(MAX(id), 0) + 1 FROM audit", row -> row.getLong(1)))
        .get(0);
  }

  /** One transaction. */
  void write(Contents before, Contents after, Map<Long, AuditEntry> audit) {
    run(
        "store",
        () -> {
          for (Part part : Part.differing(before.policy(), after.policy())) {
            write(part, before.policy(), after.policy());
          }
          writeUndos(before.undos(), after.undos());
          writeQuotas(before.quotas(), after.quotas());
          writeProcesses(before.processes(), after.processes());
          writeTokens(before.tokens(), after.tokens());
          writeAudit(audit);
          database.commit();
          return true;
        });
  }

  private void write(Part part, Policy before, Policy after) throws SQLException {
    if (part.kind() == Part.Kind.SETTING) {
      database.execute(
          "MERGE INTO settings KEY (name) VALUES (?, ?)", part.name(), part.text(after));
    } else {
      writeChain(part.name(), part.list(before), part.list(after));
    }
  }

  private void writeChain(String name, Optional<ChainState> before, Optional<ChainState> after)
      throws SQLException {
    if (after.isEmpty()) {
      database.execute("DELETE FROM chains WHERE name = ?", name);
      database.execute("DELETE FROM chain_uids WHERE chain = ?", name);
      return;
    }
    ChainState chain = after.get();
    database.execute(
        "MERGE INTO chains KEY (name) VALUES (?, ?, ?, ?)",
        name,
        chain.kind().name(),
        chain.bit(),
        chain.enabled());
    writeUids(before.orElse(ChainState.custom(name, chain.kind(), chain.bit())), chain);
  }

  private void writeUids(ChainState before, ChainState after) throws SQLException {
    List<Object[]> gone = new ArrayList<>();
    List<Object[]> stored = new ArrayList<>();
    for (long uid : touched(before, after)) {
      ChainState.Temporary temporary = after.temporary().get(uid);
      if (temporary != null) {
        stored.add(
            new Object[] {
              after.name(),
              uid,
              after.listed().contains(uid),
              temporary.rule().name(),
              temporary.expiry().text()
            });
      } else if (after.listed().contains(uid)) {
        stored.add(new Object[] {after.name(), uid, true, null, null});
      } else {
        gone.add(new Object[] {after.name(), uid});
      }
    }
    database.executeAll("DELETE FROM chain_uids WHERE chain = ? AND uid = ?", gone);
    database.executeAll("MERGE INTO chain_uids KEY (chain, uid) VALUES (?, ?, ?, ?, ?)", stored);
  }

  private static Set<Long> touched(ChainState before, ChainState after) {
    Set<Long> uids = new TreeSet<>();
    uids.addAll(before.listed().minus(after.listed()).toList());
    uids.addAll(after.listed().minus(before.listed()).toList());
    uids.addAll(before.temporary().keySet());
    uids.addAll(after.temporary().keySet());
    return uids;
  }

  private void writeUndos(List<Undo> before, List<Undo> after) throws SQLException {
    for (Undo undo : before) {
      if (!after.contains(undo)) {
        database.execute("DELETE FROM pending WHERE id = ?", undo.id());
      }
    }
    for (Undo undo : after) {
      if (!before.contains(undo)) {
        database.execute(
            "INSERT INTO pending VALUES (?, ?, ?, ?)",
            undo.id(),
            undo.part().toString(),
            undo.earlier(),
            undo.expiry().text());
      }
    }
  }

  private void writeQuotas(QuotaBook before, QuotaBook after) throws SQLException {
    for (String id : before.states().keySet()) {
      if (after.find(id).isEmpty()) {
        database.execute("DELETE FROM quota_states WHERE id = ?", id);
      }
    }
    for (Map.Entry<String, QuotaState> state : after.states().entrySet()) {
      if (!state.getValue().equals(before.states().get(state.getKey()))) {
        writeQuota(state.getKey(), state.getValue());
      }
    }
  }

  private void writeQuota(String id, QuotaState state) throws SQLException {
    database.execute(
        "MERGE INTO quota_states KEY (id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        state.number(),
        state.cycleStart().toString(),
        state.epoch().toString(),
        state.base(),
        state.carried(),
        state.seen(),
        state.marksText(),
        state.rapidTold().map(Instant::toString).orElse(""));
  }

  private void writeProcesses(ProcessBook before, ProcessBook after) throws SQLException {
    List<Object[]> gone = new ArrayList<>();
    List<Object[]> stored = new ArrayList<>();
    ProcessBlock texts = new ProcessBlock();
    for (long block : after.blocksNotAsIn(before)) {
      SortedMap<Long, Processes> processes = after.block(block);
      if (processes.isEmpty()) {
        gone.add(new Object[] {block});
      } else {
        stored.add(new Object[] {block, texts.text(processes)});
      }
    }
    database.executeAll("DELETE FROM process_blocks WHERE block = ?", gone);
    database.executeAll("MERGE INTO process_blocks KEY (block) VALUES (?, ?)", stored);
  }

  /** They come and go, and never change. */
  private void writeTokens(TokenBook before, TokenBook after) throws SQLException {
    database.executeAll(
        "DELETE FROM tokens WHERE id = ?",
        before.without(after).map(token -> new Object[] {token.id()}).toList());
    database.executeAll(
        "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)",
        after.without(before).map(PolicyStore::values).toList());
  }

  private static Object[] values(AccessToken token) {
    return new Object[] {
      token.id(),
      token.name(),
      token.hash(),
      token.created().toEpochMilli(),
      token.expires().map(Instant::toEpochMilli).orElse(null)
    };
  }

  private void writeAudit(Map<Long, AuditEntry> audit) throws SQLException {
    for (Map.Entry<Long, AuditEntry> each : audit.entrySet()) {
      AuditEntry entry = each.getValue();
      database.execute(
          "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          each.getKey(),
          entry.time().toEpochMilli(),
          entry.by().uid(),
          cut(entry.by().transport(), 100),
          cut(entry.by().text(), LONGEST_TEXT),
          entry.what(),
          cut(entry.before(), LONGEST_TEXT),
          cut(entry.after(), LONGEST_TEXT));
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** The file as of the last commit. */
  DatabaseCopy copy() {
    try {
      return database.copy();
    } catch (SQLException | IOException e) {
      throw failure("cannot copy policy", e);
    }
  }

  List<AuditEntry> audit(int limit) {
    return run(
        "read",
        () ->
            database.query(
                "SELECT time_ms, author_uid, transport, note, part, earlier, later FROM audit"
                    + " ORDER BY id DESC LIMIT ?",
                PolicyStore::auditEntry,
                Math.max(0, limit)));
  }

  private static AuditEntry auditEntry(ResultSet row) throws SQLException {
    return new AuditEntry(
        Instant.ofEpochMilli(row.getLong(1)),
        new Author(row.getLong(2), row.getString(3), row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7));
  }

  Map<DropId, Drop> dropBaseline(String epoch) {
    Map<DropId, Drop> baseline = new HashMap<>();
    run(
        "read",
        () ->
            database.query(
                "SELECT uid, reason, refused, packets, bytes FROM drop_baselines WHERE epoch = ?",
                row ->
                    Optional.ofNullable(
                        baseline.put(
                            new DropId(
                                row.getLong(1),
                                row.getInt(2),
                                DropId.Call.valueOf(row.getString(3))),
                            new Drop(row.getLong(4), row.getLong(5)))),
                epoch));
    return baseline;
  }

  /**
   * One transaction: adds up what was refused, and stores how far that goes. Then forgets what is
   * old.
   */
  void addDrops(String epoch, List<DropRow> more, Map<DropId, Drop> baseline, Instant now) {
    run(
        "store drops of",
        () -> {
          database.executeAll(
              "MERGE INTO drops d USING (VALUES (CAST(? AS BIGINT), CAST(? AS BIGINT),"
                  + " CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS BIGINT),"
                  + " CAST(? AS BIGINT))) n (hour_ms, uid, reason, refused, packets, bytes) ON"
                  + " d.hour_ms = n.hour_ms AND d.uid = n.uid AND d.reason = n.reason AND"
                  + " d.refused = n.refused WHEN MATCHED THEN UPDATE SET packets = d.packets +"
                  + " n.packets, bytes = d.bytes + n.bytes WHEN NOT MATCHED THEN INSERT VALUES"
                  + " (n.hour_ms, n.uid, n.reason, n.refused, n.packets, n.bytes)",
              more.stream().map(PolicyStore::values).toList());
          database.execute("DELETE FROM drop_baselines WHERE epoch <> ?", epoch);
          database.executeAll(
              "MERGE INTO drop_baselines KEY (epoch, uid, reason, refused) VALUES (?, ?, ?, ?, ?,"
                  + " ?)",
              baseline.entrySet().stream()
                  .map(drop -> values(epoch, drop.getKey(), drop.getValue()))
                  .toList());
          database.execute(
              "DELETE FROM drops WHERE hour_ms < ?", now.minus(KEEP_DROPS).toEpochMilli());
          database.execute(
              "DELETE FROM audit WHERE id <= (SELECT MAX(id) FROM audit) - ?", MOST_AUDIT);
          database.commit();
          return true;
        });
  }

  private static Object[] values(DropRow row) {
    return new Object[] {
      row.hour().toEpochMilli(),
      row.uid(),
      row.reason(),
      row.call().name(),
      row.drop().packets(),
      row.drop().bytes()
    };
  }

  private static Object[] values(String epoch, DropId id, Drop drop) {
    return new Object[] {
      epoch, id.uid(), id.reason(), id.call().name(), drop.packets(), drop.bytes()
    };
  }

  /**
   * One transaction. How far counters are stored stays: they go on.
   *
   * @return whether there were any
   */
  boolean forgetDrops(long uid) {
    return run(
        "store drops of",
        () -> {
          int rows = database.execute("DELETE FROM drops WHERE uid = ?", uid);
          database.commit();
          return rows > 0;
        });
  }

  List<DropRow> drops(Set<Long> uids, Instant firstHour, Instant to) {
    return run(
            "read drops of",
            () ->
                database.query(
                    "SELECT hour_ms, uid, reason, refused, packets, bytes FROM drops WHERE"
                        + " hour_ms >= ? AND hour_ms < ? ORDER BY hour_ms, uid, reason, refused",
                    PolicyStore::dropRow,
                    firstHour.toEpochMilli(),
                    to.toEpochMilli()))
        .stream()
        .filter(row -> uids.isEmpty() || uids.contains(row.uid()))
        .toList();
  }

  private static DropRow dropRow(ResultSet row) throws SQLException {
    return new DropRow(
        Instant.ofEpochMilli(row.getLong(1)),
        row.getLong(2),
        row.getString(3),
        DropId.Call.valueOf(row.getString(4)),
        new Drop(row.getLong(5), row.getLong(6)));
  }

  @Override
  public void close() {
    run(
        "close",
        () -> {
          database.close();
          return true;
        });
  }

  void abandon() {
    database.abandon();
  }
}
