package org.uidnet.stats;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStoreException;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Networks;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Interface.Place;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.Usage.ImportOutcome;
import org.uidnet.stats.Usage.ImportResult;
import org.uidnet.stats.Usage.PollResult;
import org.uidnet.stats.Usage.StoreStatus;
import org.uidnet.stats.Usage.Vacuumed;
import org.uidnet.stats.Usage.WorkKind;
import org.uidnet.stats.android.Recording;

/**
 * Takes snapshots, one at a time: all that writes goes through here and holds its lock. A round
 * that fails leaves store and memory as they were; its traffic stays in the kernel and the next one
 * stores it.
 */
final class Poller {
  static final String NOT_STORED = "snapshot not stored, counters go on in the kernel meanwhile";

  /** As many as Android's. */
  static final int MOST_ALERTS = 100;

  /** Tags of one UID for which operations are counted. */
  static final int MOST_TAGS = 1000;

  static final String SNAPSHOT = "snapshot";
  private static final String ROLL_UP = "roll-up";
  private static final String SIZE = "size";
  private static final String SLOTS = "slots";
  private static final String VACUUM = "vacuum";

  /** From so much of the file in use on, in percent, a vacuum gains little. */
  private static final int WELL_USED = 85;

  /** What less of the file than this is in use for, in percent, is written anew by itself. */
  private static final int HALF_USED = 50;

  /** Files up to here, in bytes, are not worth it. */
  private static final long SMALL = 32L << 20;

  /** So that years that are made in one go are not written anew all the time. */
  private static final int ROUNDS_BETWEEN_VACUUMS = 1000;

  private static final long BETWEEN_VACUUMS = Duration.ofHours(1).toNanos();

  private static final String NETWORKS = "networks";
  private static final String OVERFLOW = "overflow";

  /** What a history is made of. */
  record Parts(
      StatsConfig config,
      Datapath datapath,
      Networks networks,
      NetworkIdentities identities,
      UidNames names,
      DefaultNetwork defaultNetwork,
      Host host,
      Clock clock,
      Steps steps,
      Problems problems,
      Works works) {
    Parts(
        StatsConfig config,
        Datapath datapath,
        Networks networks,
        NetworkIdentities identities,
        UidNames names,
        DefaultNetwork defaultNetwork,
        Host host,
        Clock clock,
        Steps steps) {
      this(
          config,
          datapath,
          networks,
          identities,
          names,
          defaultNetwork,
          host,
          clock,
          steps,
          new Problems(),
          new Works(host.elapsed()));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Taken before the other one. */
  private final ReentrantLock vacuums = new ReentrantLock();

  private final Parts parts;
  private final CounterSets sets;
  private final Consumer<State> publisher;
  private final Consumer<Runnable> exclusively;
  private final List<AlertListener> listeners = new CopyOnWriteArrayList<>();
  private final SlotReader reader;
  private final SlotKeeper keeper;
  private final IdleSlots idle;

  /** Replaced under the lock; read without it by questions. */
  private volatile Store store;

  private volatile Instant lastPoll;
  private volatile long lastPollMicros;
  private volatile int liveSlots;
  private volatile boolean vacuumDue;

  /** The rest is guarded by the lock. */
  private List<Integer> toRetire = List.of();

  /** Packets in slot 0 at the last look. */
  private long overflowed;

  private boolean recovered;
  private boolean recountDue;
  private boolean reloadDue;
  private long lastVacuum;
  private int roundsSinceVacuum = ROUNDS_BETWEEN_VACUUMS;
  private boolean closed;

  Poller(
      Parts parts,
      CounterSets sets,
      Store store,
      Consumer<State> publisher,
      Consumer<Runnable> exclusively) {
    this.exclusively = exclusively;
    this.parts = parts;
    this.sets = sets;
    this.store = store;
    this.publisher = publisher;
    reader = new SlotReader(parts.datapath());
    keeper = new SlotKeeper(parts.datapath(), parts.steps());
    idle = new IdleSlots(parts.config(), parts.datapath().control().slots());
    lastPoll = Instant.ofEpochMilli(store.state().epoch().asOf());
    reloadDue = !store.database().isOpen();
    overflowed = parts.datapath().control().slotOverflows();
  }

  Database database() {
    return store.database();
  }

  /**
   * Puts right what a killed predecessor left in the kernel; if it fails, or as long as only the
   * store knows what it left, the next round tries.
   */
  void recover() {
    lock.lock();
    try {
      if (reloadDue) {
        return;
      }
      keeper.recover(store.state().baseline());
      recovered = true;
      recountDue = true;
      parts.problems().clear(SLOTS);
    } catch (DatapathException e) {
      parts.problems().raise(SLOTS, "slots of a killed run cannot be given back yet", e);
    } finally {
      lock.unlock();
    }
  }

  PollResult poll() {
    PollResult result = round();
    if (vacuumDue) {
      vacuumDue = false;
      tryVacuum();
    }
    return result;
  }

  private PollResult round() {
    lock.lock();
    boolean done = false;
    try {
      long start = parts.host().elapsed().nanos();
      reloadIfDue();
      PollResult result = snapshot();
      finishRetired();
      lastPollMicros = TimeUnit.NANOSECONDS.toMicros(parts.host().elapsed().nanos() - start);
      parts.problems().clear(SNAPSHOT);
      maintain(result.asOf().toEpochMilli());
      done = true;
      return result;
    } catch (SQLException e) {
      throw failed(e);
    } catch (RuntimeException | VirtualMachineError e) {
      parts.problems().raise(SNAPSHOT, NOT_STORED, e);
      throw e;
    } finally {
      // Whether the transaction was made is not known: memory is read again before the next.
      reloadDue |= !done;
      lock.unlock();
    }
  }

  void addOperations(long uid, long tag, int count) {
    change(
        () -> {
          Series series = seriesOfOperations(uid, tag);
          requireRoom(series);
          if (count > 0) {
            storeOperations(series, count);
          }
          return series;
        });
  }

  /** A change besides rounds. */
  @FunctionalInterface
  private interface Change<T> {
    T make() throws SQLException;
  }

  private <T> T change(Change<T> change) {
    lock.lock();
    boolean done = false;
    try {
      reloadIfDue();
      storeEpoch();
      T result = change.make();
      done = true;
      return result;
    } catch (SQLException e) {
      throw cannotStore(e);
    } finally {
      reloadDue |= !done;
      lock.unlock();
    }
  }

  /** The first snapshot names the boot and the epoch, which everything else builds on. */
  private void storeEpoch() throws SQLException {
    if (!store.state().epoch().stored()) {
      snapshot();
    }
  }

  private Series seriesOfOperations(long uid, long tag) {
    Books books = store.state().books();
    int iface = parts.defaultNetwork().name().flatMap(books::ofHost).orElse(Interface.UNKNOWN_ID);
    return new Series(Kind.UID, uid, tag, sets.of(uid), iface);
  }

  /** Whoever makes up tags fills no disk. */
  private void requireRoom(Series series) {
    Set<Long> tags = store.state().books().tagsOf(series.uid());
    if (!tags.contains(series.tag()) && tags.size() >= MOST_TAGS) {
      throw new ErrnoException(
          "EMFILE",
          "UID %d uses %d other tags already; no operations are counted for more."
              .formatted(series.uid(), MOST_TAGS));
    }
  }

  private void storeOperations(Series series, int count) throws SQLException {
    long now = parts.clock().millis();
    Books books = store.state().books();
    parts.names().name(series.uid()).ifPresent(name -> books.names().note(series.uid(), now, name));
    int id = books.series().idOf(series);
    parts.steps().reached(Step.BEFORE_OPERATIONS);
    become(store.writer().store(store.state(), id, Values.usage(count), now));
    parts.steps().reached(Step.OPERATIONS_STORED);
  }

  void addListener(AlertListener listener) {
    listeners.add(listener);
  }

  void removeListener(AlertListener listener) {
    listeners.remove(listener);
  }

  private void tell(List<Alert> reached, Instant asOf) {
    for (Alert alert : reached) {
      listeners.forEach(listener -> listener.alerted(alert, asOf));
    }
  }

  /** Takes counters first: what was used before is not meant. */
  Alert addAlert(OptionalLong owner, Alert.Template template, long thresholdBytes) {
    lock.lock();
    try {
      Alert alert = new Alert(0, owner, template, thresholdBytes, 0);
      round();
      requireRoomForAlert(owner);
      return change(
          () -> {
            parts.steps().reached(Step.BEFORE_ALERT);
            become(store.writer().store(store.state(), alert));
            parts.steps().reached(Step.ALERT_STORED);
            List<Alert> all = store.state().alerts().all();
            return all.get(all.size() - 1);
          });
    } finally {
      lock.unlock();
    }
  }

  private void requireRoomForAlert(OptionalLong owner) {
    if (store.state().alerts().of(owner) >= MOST_ALERTS) {
      throw new ErrnoException(
          "EAGAIN",
          "There are %d alerts of this caller already, as many as may be; delete one first."
              .formatted(MOST_ALERTS));
    }
  }

  /** Whether there was one. */
  boolean deleteAlert(long id) {
    return change(
        () -> {
          boolean known = store.state().alerts().find(id).isPresent();
          if (known) {
            become(store.writer().forgetAlert(store.state(), id));
          }
          return known;
        });
  }

  /** All complete buckets that the sink does not have, as far as they are kept. */
  Tiers.Span handOut(String sink) {
    return change(
        () -> {
          ExportCursor cursor = store.exports().handOut(sink, store.state());
          parts.steps().reached(Step.HANDED_OUT);
          return new Tiers.Span(cursor.next(), cursor.handed());
        });
  }

  /** The sink has all before the tick that was handed out and did not change since. */
  void sent(String sink, int after) {
    change(
        () -> {
          parts.steps().reached(Step.BEFORE_SENT);
          store.exports().sent(sink, after);
          parts.steps().reached(Step.SENT);
          return sink;
        });
  }

  ImportResult store(Recording recording) {
    return change(() -> storeIfAhead(recording));
  }

  private ImportResult storeIfAhead(Recording recording) throws SQLException {
    Imports imports = store.state().imports();
    Import found = Import.of(recording, imports.nextId(), parts.clock().instant());
    return storeIfAhead(found, books -> RecordingRows.of(recording, books));
  }

  ImportResult store(String source, ExportedHistory history) {
    return change(() -> storeIfAhead(source, history));
  }

  private ImportResult storeIfAhead(String source, ExportedHistory history) throws SQLException {
    Imports imports = store.state().imports();
    Import found = Import.of(history, source, imports.nextId(), parts.clock().instant());
    Optional<Import> overlapping = imports.overlapping(found);
    if (overlapping.isPresent()) {
      throw new ErrnoException(
          "EEXIST",
          "History of %s from %s to %s is here already; export from its end on, or all of it from where it begins."
              .formatted(source, overlapping.get().file().from(), overlapping.get().file().to()));
    }
    return storeIfAhead(found, history::rows);
  }

  private ImportResult storeIfAhead(Import found, Function<Books, ImportRows> toRows)
      throws SQLException {
    Optional<Import> known = store.state().imports().of(found.file().name());
    if (known.isPresent() && !found.isAheadOf(known.get())) {
      return new ImportResult(ImportOutcome.UNCHANGED, known.get().file());
    }
    ImportRows rows = toRows.apply(store.state().books());
    try (Works.Running work = parts.works().begin(WorkKind.IMPORT, rows.size())) {
      parts.steps().reached(Step.BEFORE_IMPORT);
      become(store.writer().store(store.state(), found, rows, work::done));
      parts.steps().reached(Step.IMPORT_STORED);
    }
    return new ImportResult(
        known.isPresent() ? ImportOutcome.REPLACED : ImportOutcome.IMPORTED, found.file());
  }

  /**
   * Takes its counters first, so that what it counted until now is removed with the rest. What it
   * goes on sending is of whoever has the number next.
   */
  boolean removeUid(long uid) {
    lock.lock();
    try {
      boolean inForeground = sets.set(uid, CounterSet.DEFAULT);
      retireSlotsOf(uid);
      round();
      return moveHistory(uid) || inForeground;
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      lock.unlock();
    }
  }

  private void retireSlotsOf(long uid) {
    Set<Integer> slots = new LinkedHashSet<>(toRetire);
    IntStream.rangeClosed(1, keeper.lastSlot())
        .filter(slot -> reader.isLive(slot))
        .filter(slot -> parts.datapath().slotKeys().id(slot).uid() == uid)
        .forEach(slots::add);
    toRetire = List.copyOf(slots);
  }

  /** Whether there was any. */
  private boolean moveHistory(long uid) throws SQLException {
    reloadDue = true; // whatever becomes of the transaction
    parts.steps().reached(Step.BEFORE_REMOVAL);
    boolean any = store.writer().removeUid(uid);
    parts.steps().reached(Step.REMOVED);
    reloadIfDue();
    return any;
  }

  private HistoryException failed(SQLException error) {
    HistoryException failure = cannotStore(error);
    parts.problems().raise(SNAPSHOT, NOT_STORED, failure);
    return failure;
  }

  private HistoryException cannotStore(SQLException error) {
    return new HistoryException(
        "cannot store to "
            + parts.config().file()
            + ": "
            + Problems.rootMessage(error)
            + "; see that the disk is not full",
        error);
  }

  private void reloadIfDue() {
    if (closed) {
      throw new IllegalStateException("history " + parts.config().file() + " is closed");
    }
    if (!reloadDue) {
      return;
    }
    store = reload();
    publisher.accept(store.state());
    reloadDue = false;
  }

  /** H2 closes a file that it could not write to, and only using it tells. */
  private Store reload() {
    try {
      return Store.load(store.database(), parts);
    } catch (SQLException | MVStoreException e) {
      store.database().abandon();
      return Store.open(parts);
    }
  }

  private void become(State next) {
    store = store.with(next);
    publisher.accept(next);
  }

  private PollResult snapshot() throws SQLException {
    BitSet quiet = retire();
    Instant now = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    long elapsed = parts.host().elapsed().nanos();
    Round round = new Round(store.state(), now.toEpochMilli(), elapsed);
    Set<Place> present = meetInterfaces(round);
    List<IdleSlots.Live> live = readSlots(round, quiet);
    round.attribute(parts.config().attribution());
    round.compareDevices();
    round.name(parts.names());
    parts.steps().reached(Step.BEFORE_SNAPSHOT);
    become(store.writer().store(round, store.state(), identity()));
    parts.steps().reached(Step.SNAPSHOT_STORED);
    tell(round.alerts().reached(), now);
    if (round.fellBack()) {
      parts.problems().raise("fell", "counters were lower than stored ones; counted from zero");
    }
    warnOfOverflow();
    chooseIdle(live, present, round.changedSlots(), elapsed);
    lastPoll = now;
    return new PollResult(now, round.changedSlots().cardinality(), round.stored());
  }

  /** As long as it goes on; what a predecessor saw is no news. */
  private void warnOfOverflow() {
    long now = parts.datapath().control().slotOverflows();
    if (now > overflowed) {
      parts
          .problems()
          .raise(
              OVERFLOW,
              "more UIDs and networks at once than there are slots for: some packets are counted in the row 'overflow', without their UID");
    } else {
      parts.problems().clear(OVERFLOW);
    }
    overflowed = now;
  }

  /**
   * Slots whose reading will be their last. None if the wait fails: they are read on as they are.
   */
  private BitSet retire() {
    if (!recovered) {
      recover();
    }
    if (!recovered) {
      return new BitSet();
    }
    try {
      toRetire.forEach(keeper::begin);
      toRetire = List.of();
      return keeper.quiet();
    } catch (DatapathException e) {
      parts.problems().raise(SLOTS, "idle slots cannot be given back yet", e);
      return new BitSet();
    }
  }

  /** Read just before the slots, so that both tell of nearly the same moment. */
  private Set<Place> meetInterfaces(Round round) {
    Set<Place> present = new HashSet<>();
    try {
      List<Networks.Interface> interfaces = parts.networks().interfaces();
      round.meet(interfaces, parts.identities(), parts.config().attribution());
      interfaces.forEach(each -> present.add(new Place(each.netns(), each.ifindex())));
      parts.problems().clear(NETWORKS);
    } catch (DatapathException e) {
      parts.problems().raise(NETWORKS, "interfaces cannot be read, their truth waits", e);
    }
    return present;
  }

  private List<IdleSlots.Live> readSlots(Round round, BitSet quiet) {
    BitSet retired = store.state().baseline().retired();
    List<IdleSlots.Live> live = new ArrayList<>();
    int last = reader.lastSlot();
    for (int slot = 0; slot <= last; slot++) {
      // A marked slot has had its last reading, and may be zeroed already.
      if (!retired.get(slot)) {
        reader.read(slot).ifPresent(reading -> count(round, reading, quiet, live));
      }
    }
    return live;
  }

  private void count(
      Round round, SlotReader.Reading reading, BitSet quiet, List<IdleSlots.Live> live) {
    int slot = reading.slot();
    round.count(slot, reading.id(), reading.counters(), quiet.get(slot));
    if (slot != 0 && reader.isLive(slot)) {
      Place place = new Place(reading.id().netns(), reading.id().ifindex());
      live.add(new IdleSlots.Live(slot, reading.id(), place));
    }
  }

  private void chooseIdle(
      List<IdleSlots.Live> live, Set<Place> present, BitSet changed, long elapsed) {
    liveSlots = live.size();
    if (!present.isEmpty()) {
      idle.found(store.state().devices().keySet(), present);
    }
    toRetire = idle.choose(live, changed, (int) TimeUnit.NANOSECONDS.toSeconds(elapsed));
  }

  private Writer.Identity identity() {
    return new Writer.Identity(
        parts.host().bootId(),
        parts.host().bootTime().toEpochMilli(),
        parts.datapath().control().epoch());
  }

  /** Zeroes slots whose last reading is stored, and hands them back. */
  private void finishRetired() throws SQLException {
    BitSet retired = store.state().baseline().retired();
    try {
      if (!retired.isEmpty()) {
        keeper.zero(retired);
        clearBaselines(retired);
      }
      keeper.free(retired);
      if (recountDue && recovered) {
        keeper.recount();
        recountDue = false;
      }
      parts.problems().clear(SLOTS);
    } catch (DatapathException e) {
      parts.problems().raise(SLOTS, "idle slots cannot be given back yet", e);
    }
  }

  private void clearBaselines(BitSet retired) throws SQLException {
    Baseline.Editor editor = store.state().baseline().edit();
    retired.stream().forEach(editor::clear);
    parts.steps().reached(Step.BEFORE_CLEAR);
    become(store.writer().store(store.state(), editor));
    parts.steps().reached(Step.CLEARED);
  }

  /** Roll-ups and retention; what fails here is tried again in the next round. */
  private void maintain(long asOf) {
    try {
      RollUps rollUps = store.rollUps();
      Tiers tiers = rollUps.rollUp(store.state().tiers(), asOf);
      tiers = rollUps.raiseFloors(tiers, asOf);
      if (tiers != store.state().tiers()) {
        become(store.state().with(tiers));
      }
      rollUps.delete(tiers);
      keepToSize(rollUps);
      parts.problems().clear(ROLL_UP);
    } catch (SQLException e) {
      reloadDue = true;
      parts.problems().raise(ROLL_UP, "history cannot be rolled up", e);
    }
  }

  /** Room of deleted rows is given back before more are given up. */
  private void keepToSize(RollUps rollUps) throws SQLException {
    long limit = parts.config().maxBytes();
    long bytes = store.database().bytes();
    roundsSinceVacuum++;
    if (bytes > SMALL && roundsSinceVacuum > ROUNDS_BETWEEN_VACUUMS) {
      vacuumIfBelow(HALF_USED);
    }
    if (bytes <= limit) {
      parts.problems().clear(SIZE);
    } else if (!rollUps.isDeleting()) {
      giveUpSome(rollUps, limit);
      vacuumIfBelow(WELL_USED);
    }
  }

  /** Not within the round, which holds the lock. */
  private void vacuumIfBelow(int usedPercent) throws SQLException {
    long now = parts.host().elapsed().nanos();
    if (now - lastVacuum > BETWEEN_VACUUMS && store.database().usedPercent() < usedPercent) {
      lastVacuum = now;
      roundsSinceVacuum = 0;
      vacuumDue = true;
    }
  }

  private void tryVacuum() {
    try {
      vacuum();
    } catch (HistoryException e) {
      parts.problems().raise(VACUUM, "space is not given back yet", e);
    }
  }

  /** Rounds go on; vacuums take turns. */
  Vacuumed vacuum() {
    vacuums.lock();
    try {
      long before = store.database().bytes();
      rewrite();
      parts.problems().clear(VACUUM);
      return new Vacuumed(before, store.database().bytes());
    } catch (SQLException | IOException | MVStoreException e) {
      throw new HistoryException(
          "cannot write history "
              + parts.config().file()
              + " anew: "
              + Problems.rootMessage(e)
              + "; see that the disk has room for a second one",
          e);
    } finally {
      vacuums.unlock();
    }
  }

  private void rewrite() throws SQLException, IOException {
    try (Rewriting rewriting = beginRewriting()) {
      parts.steps().reached(Step.VACUUM_BEGUN);
      try (Works.Running work = parts.works().begin(WorkKind.VACUUM, rewriting.entries())) {
        rewriting.copy(work::done);
        parts.steps().reached(Step.VACUUM_COPIED);
        replace(rewriting);
      }
    }
  }

  private Rewriting beginRewriting() throws SQLException, IOException {
    lock.lock();
    try {
      reloadIfDue();
      return Rewriting.begin(parts.config(), store.database().mvStore());
    } finally {
      lock.unlock();
    }
  }

  private void replace(Rewriting rewriting) throws SQLException, IOException {
    lock.lock();
    try {
      reloadIfDue();
      rewriting.catchUp(store.database().mvStore());
      parts.steps().reached(Step.VACUUM_CAUGHT_UP);
      exclusively.accept(() -> openAnew(rewriting));
    } finally {
      lock.unlock();
    }
  }

  /** The old file needs no orderly end. */
  private void openAnew(Rewriting rewriting) {
    reloadDue = true; // whatever becomes of it
    try {
      store.database().abandon();
      rewriting.replace();
      parts.steps().reached(Step.VACUUM_REPLACED);
    } catch (IOException e) {
      throw new HistoryException("cannot replace " + parts.config().file(), e);
    } finally {
      reloadIfDue();
    }
  }

  private void giveUpSome(RollUps rollUps, long limit) throws SQLException {
    Tiers tiers = rollUps.giveUpSome(store.state().tiers());
    String file = "history %s has %d bytes, more than the limit of %d: ";
    String what =
        tiers == store.state().tiers()
            ? "only months and what is not rolled up yet are left; raise --history-max-size"
            : "its oldest and finest rows are deleted early, no total changes";
    parts
        .problems()
        .raise(SIZE, file.formatted(parts.config().file(), store.database().bytes(), limit) + what);
    if (tiers != store.state().tiers()) {
      become(store.state().with(tiers));
    }
  }

  StoreStatus status(State state) {
    return new StoreStatus(
        parts.config().file().toString(),
        store.database().bytes(),
        lastPoll,
        lastPollMicros,
        liveSlots,
        parts.datapath().control().slots(),
        state.books().series().size(),
        parts.works().all(),
        parts.problems().all());
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      store.database().close();
    } catch (SQLException e) {
      throw new HistoryException("cannot close " + parts.config().file(), e);
    } finally {
      lock.unlock();
    }
  }
}
