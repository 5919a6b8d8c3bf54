package org.uidnet.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Networks;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.android.RecordingName;
import org.uidnet.stats.android.RecordingReader;
import org.uidnet.stats.network.NetworkTemplate;

/**
 * The history over one set of counters. Thread-safe. It has no thread of its own: {@link #poll} is
 * one round, which the daemon's agent calls when {@link #untilNextPoll} has passed.
 *
 * <p>Rounds take turns. Questions run beside them on connections of their own, and see the store as
 * of one commit; what they need from memory is published after each commit and never changed.
 */
public final class StatsService implements Usage, AutoCloseable {
  private static final long LAST_TAG = 0xffff_ffffL;

  /** What an export holds in memory, and does in one go. */
  private static final Duration EXPORT_STEP = Duration.ofHours(6);

  private final StatsConfig config;
  private final Host host;
  private final Clock clock;
  private final Networks networks;
  private final UidNames names;
  private final Works works;
  private final CounterSets sets;
  private final KnownUids uids;
  private final Poller poller;
  private final Live live;

  /**
   * Held shared by questions, exclusively by the writer for a moment when it publishes. So once
   * rows are said to be no longer used, no question uses them, and they may be deleted.
   */
  private final ReentrantReadWriteLock published = new ReentrantReadWriteLock();

  /** One at a time: each takes as much of the disk as the store. */
  private final Object backups = new Object();

  private volatile State state;

  private StatsService(Poller.Parts parts, Store store) {
    config = parts.config();
    host = parts.host();
    clock = parts.clock();
    networks = parts.networks();
    names = parts.names();
    works = parts.works();
    state = store.state();
    sets = new CounterSets(parts.datapath());
    uids = new KnownUids(parts.datapath(), sets, parts.names());
    poller = new Poller(parts, sets, store, this::publish, this::exclusively);
    live = new Live(new SlotReader(parts.datapath()), () -> state);
  }

  /**
   * Opens or creates the history, and puts right what a killed predecessor left in the kernel.
   *
   * <p>What keeps it from being opened is told by {@link #status}: a damaged file is set aside; one
   * that another process holds, or that lies on a read-only or full file system, is tried again
   * with each {@link #poll}, and stores then what was counted since.
   *
   * @throws HistoryException if the file was made by a newer version or belongs to another user, or
   *     there is no directory for it
   */
  public static StatsService open(
      StatsConfig config,
      Datapath datapath,
      Networks networks,
      UidNames names,
      Host host,
      Clock clock) {
    return open(
        config,
        datapath,
        networks,
        NetworkIdentities.NONE,
        names,
        DefaultNetwork.NONE,
        host,
        clock);
  }

  /** The same with what is known of the interfaces beyond their names. */
  public static StatsService open(
      StatsConfig config,
      Datapath datapath,
      Networks networks,
      NetworkIdentities identities,
      UidNames names,
      DefaultNetwork defaultNetwork,
      Host host,
      Clock clock) {
    return open(
        new Poller.Parts(
            config,
            datapath,
            networks,
            identities,
            names,
            defaultNetwork,
            host,
            clock,
            Steps.UNOBSERVED));
  }

  static StatsService open(Poller.Parts parts) {
    Store store = Store.openOrAwait(parts);
    StatsService service = new StatsService(parts, store);
    service.poller.recover();
    return service;
  }

  /**
   * How long to wait for the next round: rounds come at multiples of the interval after each
   * five-minute boundary, and at every boundary, so that no bucket has to be guessed.
   */
  public static Duration untilNextPoll(Duration interval, Instant now) {
    long millis = Math.max(1, interval.toMillis());
    long time = now.toEpochMilli();
    long start = millis > Tick.MILLIS ? 0 : Tick.millis(Tick.of(time));
    long next = start + ((time - start) / millis + 1) * millis;
    long boundary = millis > Tick.MILLIS ? next : Tick.millis(Tick.of(time) + 1);
    return Duration.ofMillis(Math.min(next, boundary) - time);
  }

  private void publish(State next) {
    exclusively(() -> state = next);
  }

  /** While no question is asked. */
  private void exclusively(Runnable work) {
    published.writeLock().lock();
    try {
      work.run();
    } finally {
      published.writeLock().unlock();
    }
  }

  @Override
  public PollResult poll() {
    return poller.poll();
  }

  @Override
  public void addOperations(long uid, long tag, int count) {
    if (tag < 1 || tag > LAST_TAG || count < 0) {
      throw new IllegalArgumentException("%d operations of tag %d".formatted(count, tag));
    }
    poller.addOperations(uid, tag, count);
  }

  @Override
  public List<UidState> uids() {
    return uids.all(state.books());
  }

  @Override
  public UidState uid(long uid) {
    return uids.of(uid, state.books());
  }

  @Override
  public boolean setCounterSet(long uid, CounterSet set) {
    return sets.set(uid, set);
  }

  @Override
  public boolean removeUid(long uid) {
    return poller.removeUid(uid);
  }

  @Override
  public ImportResult importRecording(RecordingName name, InputStream recording)
      throws IOException {
    return poller.store(RecordingReader.read(name, recording));
  }

  @Override
  public ImportResult importHistory(String source, Iterable<Bucket> buckets) {
    return poller.store(source, read(source, buckets));
  }

  private ExportedHistory read(String source, Iterable<Bucket> buckets) {
    try (Works.Running work = works.begin(WorkKind.IMPORT, Works.UNKNOWN)) {
      return ExportedHistory.of(source, buckets, work::done);
    }
  }

  @Override
  public List<Alert> alerts() {
    return state.alerts().all();
  }

  @Override
  public Alert addAlert(OptionalLong owner, Alert.Template template, long thresholdBytes) {
    return poller.addAlert(owner, template, thresholdBytes);
  }

  @Override
  public boolean deleteAlert(long id) {
    return poller.deleteAlert(id);
  }

  @Override
  public void addListener(AlertListener listener) {
    poller.addListener(listener);
  }

  @Override
  public void removeListener(AlertListener listener) {
    poller.removeListener(listener);
  }

  /** What the sink does not have yet; who asks for it under the same name goes on from there. */
  public ExportQueue exportQueue(String sink) {
    return new StoredQueue(sink, poller, this::readPublished);
  }

  private <T> T readPublished(StoredQueue.Question<T> question) {
    return whileOpen(
        database -> {
          State present = state;
          return database.read(connection -> question.ask(connection, present));
        });
  }

  @Override
  public List<ImportedFile> imports() {
    return state.imports().all().stream().map(Import::file).toList();
  }

  @Override
  public Summary summary(SummaryQuery query) {
    return ask(queries -> queries.summary(query));
  }

  @Override
  public History history(HistoryQuery query) {
    return ask(queries -> queries.history(query));
  }

  @Override
  public void export(HistoryQuery query, Consumer<Bucket> sink) {
    HistoryQuery known = ask(queries -> queries.withinHistory(query));
    try (Works.Running work = works.begin(WorkKind.EXPORT, hours(known.from(), known.to()))) {
      Instant to = known.to();
      for (Instant from = known.from(); from.isBefore(to); from = from.plus(EXPORT_STEP)) {
        Instant end = from.plus(EXPORT_STEP).isBefore(to) ? from.plus(EXPORT_STEP) : to;
        HistoryQuery step = query.between(from, end);
        ask(queries -> queries.history(step)).buckets().forEach(sink);
        work.done(hours(known.from(), end));
      }
    }
  }

  private static long hours(Instant from, Instant to) {
    return Duration.between(from, to).toHours();
  }

  @Override
  public List<Truth> truth(Instant from, Instant to, NetworkTemplate networks) {
    return ask(queries -> queries.truth(from, to, networks));
  }

  @Override
  public SinceBoot sinceBoot(Set<Dimension> by, UsageFilter filter) {
    Live.Beyond beyond = live.read();
    List<SinceBootQuery.Period> periods =
        whileOpen(
            database ->
                database.read(
                    connection ->
                        SinceBootQuery.periods(connection, beyond.state().epoch().boot())));
    SinceBoot answer =
        new SinceBootQuery(beyond, config.attribution(), by, filter)
            .answer(host.bootTime(), periods, clock.instant());
    return new SinceBoot(
        answer.bootTime(),
        answer.countedSince(),
        answer.gaps(),
        answer.asOf(),
        answer.rows().stream().map(this::named).toList(),
        answer.total());
  }

  /** History learns the name of a new UID with the next snapshot; live rows do not wait for it. */
  private Row named(Row row) {
    UsageKey key = row.key();
    return key.name().isPresent()
        ? row
        : new Row(key.withName(key.uid().flatMap(names::name)), row.traffic(), row.operations());
  }

  @Override
  public List<Truth> truthSinceAttach() {
    List<Networks.Interface> interfaces = networks.interfaces();
    return new LiveTruth(live.read()).answer(interfaces);
  }

  @Override
  public void backup(OutputStream to) throws IOException {
    synchronized (backups) {
      try (DatabaseCopy copy = whileOpen(Database::copy)) {
        copy.writeTo(to);
      }
    }
  }

  @Override
  public Vacuumed vacuum() {
    return poller.vacuum();
  }

  @Override
  public StoreStatus status() {
    return poller.status(state);
  }

  @Override
  public List<TableSize> tables() {
    try {
      return whileOpen(database -> database.read(TableSizes::read));
    } catch (HistoryException e) {
      return List.of(); // status says why
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Queries queries) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    return whileOpen(
        database -> {
          State present = state;
          return database.read(
              connection -> question.ask(new Queries(connection, present, config.zone())));
        });
  }

  private <T> T whileOpen(Function<Database, T> work) {
    published.readLock().lock();
    try {
      return work.apply(poller.database());
    } finally {
      published.readLock().unlock();
    }
  }

  /** Closes the file; takes no last snapshot. */
  @Override
  public void close() {
    poller.close();
  }

  /** As if the process had been killed. */
  void abandon() {
    poller.database().abandon();
  }
}
