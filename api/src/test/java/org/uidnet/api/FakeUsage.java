package org.uidnet.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Alert;
import org.uidnet.stats.AlertListener;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.ImportName;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageKey;
import org.uidnet.stats.android.Recording;
import org.uidnet.stats.android.RecordingName;
import org.uidnet.stats.android.RecordingReader;
import org.uidnet.stats.network.NetworkTemplate;

/** Answers with fixed figures and remembers what it was asked. */
public final class FakeUsage implements Usage {
  public static final Instant AS_OF = Instant.parse("2026-03-01T12:00:00Z");

  /** UID 1000 "ann", UID 0 in the foreground without a name, and removed UIDs. */
  public volatile List<Row> rows =
      List.of(
          new Row(uid(1000, "ann"), new Traffic(4000, 40, 400, 4)),
          new Row(key(Kind.UID, Optional.of(0L), Optional.empty()), new Traffic(300, 3, 30, 3)),
          new Row(
              key(Kind.REMOVED, Optional.empty(), Optional.empty()), new Traffic(200, 2, 20, 2)));

  public volatile Optional<RuntimeException> failure = Optional.empty();

  /** Done whenever somebody asks for the live counters. */
  public volatile Runnable beforeSinceBoot = () -> {};

  public volatile Instant lastPoll = AS_OF;

  /** Of summaries. */
  public volatile Instant asOf = AS_OF;

  public volatile List<Work> work = List.of();
  public final List<SummaryQuery> summaries = new ArrayList<>();
  public final List<HistoryQuery> histories = new ArrayList<>();
  public final List<UsageFilter> sinceBoots = new ArrayList<>();

  public volatile List<Bucket> exported = List.of();
  public volatile Optional<RuntimeException> failAfterExport = Optional.empty();
  public final Map<String, List<Bucket>> imported = new HashMap<>();

  public final Set<Long> foreground = new HashSet<>();
  public final List<Long> removed = new ArrayList<>();

  public final List<Alert> alerts = new ArrayList<>();
  public final List<AlertListener> listeners = new CopyOnWriteArrayList<>();

  /** UID, tag and count. */
  public final List<String> operations = new ArrayList<>();

  public static UsageKey uid(long uid, String name) {
    return key(Kind.UID, Optional.of(uid), Optional.of(name));
  }

  /** A line by tag only. */
  public static UsageKey tagged(long tag) {
    return key(Kind.UID, Optional.empty(), Optional.empty(), Optional.of(tag));
  }

  private static UsageKey key(Kind kind, Optional<Long> uid, Optional<String> name) {
    return key(kind, uid, name, Optional.empty());
  }

  private static UsageKey key(
      Kind kind, Optional<Long> uid, Optional<String> name, Optional<Long> tag) {
    return new UsageKey(
        kind,
        uid,
        name,
        Optional.of(CounterSet.FOREGROUND),
        tag,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public void fail(RuntimeException with) {
    failure = Optional.of(with);
  }

  @Override
  public synchronized Summary summary(SummaryQuery query) {
    failIfAsked();
    summaries.add(query);
    return new Summary(query.from(), query.to(), asOf, rows, total());
  }

  private Traffic total() {
    return rows.stream().map(Row::traffic).reduce(Traffic.NONE, Traffic::plus);
  }

  @Override
  public synchronized History history(HistoryQuery query) {
    failIfAsked();
    histories.add(query);
    return new History(
        query.resolution(),
        AS_OF,
        List.of(
            new Bucket(
                AS_OF.minusSeconds(3600),
                AS_OF,
                new Row(uid(1000, "ann"), new Traffic(7, 1, 8, 2), 3))),
        true);
  }

  @Override
  public synchronized SinceBoot sinceBoot(Set<Dimension> by, UsageFilter filter) {
    failIfAsked();
    sinceBoots.add(filter);
    beforeSinceBoot.run();
    Instant boot = Instant.parse("2026-03-01T08:00:00Z");
    return new SinceBoot(
        boot,
        boot.plusSeconds(9),
        List.of(new Gap(boot.plusSeconds(60), boot.plusSeconds(61))),
        AS_OF,
        rows,
        total());
  }

  @Override
  public PollResult poll() {
    failIfAsked();
    return new PollResult(AS_OF, 3, new Traffic(1, 2, 3, 4));
  }

  @Override
  public synchronized void addOperations(long uid, long tag, int count) {
    failIfAsked();
    operations.add(uid + " " + tag + " " + count);
  }

  /** There is something of UID 1000 and of those in the foreground. */
  @Override
  public boolean removeUid(long uid) {
    failIfAsked();
    removed.add(uid);
    return foreground.remove(uid) || uid == 1000;
  }

  /** UID 1000 and those in the foreground. */
  @Override
  public List<UidState> uids() {
    failIfAsked();
    SortedSet<Long> uids = new TreeSet<>(foreground);
    uids.add(1000L);
    return uids.stream().map(this::uid).toList();
  }

  @Override
  public UidState uid(long uid) {
    failIfAsked();
    return new UidState(
        uid,
        uid == 1000 ? Optional.of("ann") : Optional.empty(),
        foreground.contains(uid) ? CounterSet.FOREGROUND : CounterSet.DEFAULT,
        uid == 1000 ? 3 : 0);
  }

  @Override
  public boolean setCounterSet(long uid, CounterSet set) {
    failIfAsked();
    return set == CounterSet.FOREGROUND ? foreground.add(uid) : foreground.remove(uid);
  }

  /** Reads it, and knows nothing else of it. */
  @Override
  public ImportResult importRecording(RecordingName name, InputStream recording)
      throws IOException {
    failIfAsked();
    Recording read = RecordingReader.read(name, recording);
    ImportedFile file =
        new ImportedFile(
            new ImportName(name.recorder().prefix(), "", name.start(), name.end()),
            AS_OF,
            AS_OF,
            AS_OF,
            read.series().size(),
            read.buckets(),
            read.total());
    return new ImportResult(ImportOutcome.IMPORTED, file);
  }

  /** Remembers the buckets. */
  @Override
  public ImportResult importHistory(String source, Iterable<Bucket> buckets) {
    failIfAsked();
    List<Bucket> read = new ArrayList<>();
    buckets.forEach(read::add);
    imported.put(source, read);
    ImportName name = new ImportName("history", source, 0, OptionalLong.empty());
    return new ImportResult(
        ImportOutcome.IMPORTED,
        new ImportedFile(name, AS_OF, AS_OF, AS_OF, 1, read.size(), Traffic.NONE));
  }

  @Override
  public void export(HistoryQuery query, Consumer<Bucket> sink) {
    failIfAsked();
    histories.add(query);
    exported.forEach(sink);
    failAfterExport.ifPresent(
        e -> {
          throw e;
        });
  }

  @Override
  public Vacuumed vacuum() {
    failIfAsked();
    return new Vacuumed(4096, 2048);
  }

  @Override
  public void backup(OutputStream to) throws IOException {
    failIfAsked();
    to.write("history".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public synchronized Alert addAlert(
      OptionalLong owner, Alert.Template template, long thresholdBytes) {
    failIfAsked();
    Alert alert = new Alert(alerts.size() + 1, owner, template, thresholdBytes, 0);
    alerts.add(alert);
    return alert;
  }

  @Override
  public synchronized boolean deleteAlert(long id) {
    return alerts.removeIf(alert -> alert.id() == id);
  }

  @Override
  public void addListener(AlertListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(AlertListener listener) {
    listeners.remove(listener);
  }

  @Override
  public List<ImportedFile> imports() {
    return List.of();
  }

  @Override
  public List<Truth> truth(Instant from, Instant to, NetworkTemplate networks) {
    failIfAsked();
    return truthSinceAttach();
  }

  @Override
  public List<Truth> truthSinceAttach() {
    return List.of(
        truth("eth0", new Traffic(5000, 50, 500, 5), new Traffic(4500, 45, 501, 6)),
        truth("netns:7/eth0", new Traffic(9000, 90, 900, 9), Traffic.NONE));
  }

  private static Truth truth(String iface, Traffic device, Traffic uids) {
    return new Truth(iface, 1, 2, Networks.View.WIRE, device, uids, device.minus(uids));
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus(
        "/state/history.mv.db", 4096, lastPoll, 1500, 10, 1000, 12, work, List.of());
  }

  @Override
  public List<TableSize> tables() {
    return List.of(new TableSize("boots", 3), new TableSize("series", 12));
  }

  private void failIfAsked() {
    failure.ifPresent(
        e -> {
          throw e;
        });
  }

  public static HistoryException locked() {
    return new HistoryException("cannot open /state/history.mv.db: locked by process 7");
  }
}
