package org.uidnet.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.android.RecordingName;
import org.uidnet.stats.network.NetworkTemplate;

/**
 * Who used what: everything the outside may ask of the history and of the live counters.
 *
 * <p>Thread-safe. Ranges are half-open. Queries throw {@link HistoryException} when the store
 * cannot answer; the counters in the kernel go on meanwhile.
 */
public interface Usage {
  /** Totals over {@code [from, to)}; a partly covered bucket counts in proportion. */
  Summary summary(SummaryQuery query);

  /** Whole buckets that begin in {@code [from, to)}, at most 5,000 of them. */
  History history(HistoryQuery query);

  /**
   * The same without a limit, as they come: memory holds some hours of them, and snapshots do not
   * wait for the sink. What is stored meanwhile is part of later buckets.
   */
  void export(HistoryQuery query, Consumer<Bucket> sink);

  /** What this boot counted so far: stored deltas plus what the kernel holds beyond them. */
  SinceBoot sinceBoot(Set<Dimension> by, UsageFilter filter);

  /** Stores a snapshot now; returns after the commit. */
  PollResult poll();

  /**
   * Counts what a UID did that no packet tells, such as mails fetched: for its tag and its present
   * counter set, on the interface of the {@link DefaultNetwork}. Like traffic they are part of the
   * untagged line, too. Returns after the commit.
   *
   * @param tag 1 to 4294967295
   * @param count from 0 on
   * @throws ErrnoException if the UID uses a thousand other tags already
   */
  void addOperations(long uid, long tag, int count);

  /**
   * The UID was removed: all that it used is that of removed UIDs from now on, no total changes,
   * and whoever gets its number next starts clean. May be repeated; returns after the commit.
   *
   * @return whether there was anything of it
   */
  boolean removeUid(long uid);

  /** Every UID that was ever counted and is not removed, or counts now, by number. */
  List<UidState> uids();

  /** How a UID stands, known or not. */
  UidState uid(long uid);

  /**
   * Lets the UID count in {@code FOREGROUND} or {@code DEFAULT} from the next packet on. It stays
   * so until the host is booted again, whatever becomes of the daemon.
   *
   * @return false, and nothing was written: it was so before
   * @throws ErrnoException if there is no row left for the UID
   */
  boolean setCounterSet(long uid, CounterSet set);

  /**
   * Takes a recording of Android into history: its traffic is part of all answers from then on,
   * under interfaces {@code android/wifi} and so on. A copy of a file that was imported before
   * takes its place if it tells of more, and changes nothing otherwise. Returns after the commit.
   *
   * @throws org.uidnet.stats.android.RecordingException if it is not a whole recording; nothing of
   *     it is stored
   * @throws IOException if the stream cannot be read
   */
  ImportResult importRecording(RecordingName name, InputStream recording) throws IOException;

  /**
   * Takes what {@link #export} of another host gave into history: under interfaces {@code
   * imported/<source>/eth0} and so on, kept as recordings are. The same again changes nothing; what
   * begins at the same time and tells of more takes its place. Returns after the commit.
   *
   * @param source what the other host is called
   * @param buckets grouped by UID at least; read to the end before anything is stored
   * @throws ErrnoException if they overlap in time with other history of the same host
   * @throws IllegalArgumentException if they are none that an export gives, or too many
   */
  ImportResult importHistory(String source, Iterable<Bucket> buckets);

  /** All alerts, the oldest first, with what was used up to the last snapshot. */
  List<Alert> alerts();

  /**
   * Lets listeners be told when more than a threshold was used from now on, and each time when it
   * was used again. A snapshot is taken first. It is stored, and outlives the daemon; the use
   * counts on over restarts. Returns after the commit.
   *
   * @param owner empty: who holds the admin token
   * @param thresholdBytes from 1 on, both ways
   * @throws ErrnoException if the owner has a hundred already
   */
  Alert addAlert(OptionalLong owner, Alert.Template template, long thresholdBytes);

  /** Whether there was one; returns after the commit. */
  boolean deleteAlert(long id);

  void addListener(AlertListener listener);

  void removeListener(AlertListener listener);

  /** All recordings that are part of history, by time of import. */
  List<ImportedFile> imports();

  /**
   * The counters of the interfaces that led to some networks, beside what the hooks charged, over
   * {@code [from, to)}.
   */
  List<Truth> truth(Instant from, Instant to, NetworkTemplate networks);

  /** The same since counting began, live. */
  List<Truth> truthSinceAttach();

  /**
   * Writes a copy of the store's file as of one commit; polls and questions go on meanwhile.
   *
   * @throws IOException if the stream cannot be written to
   */
  void backup(OutputStream to) throws IOException;

  /**
   * Gives space back that the store's file no longer needs. Polls and questions go on meanwhile,
   * and wait for a moment at its end; {@link #status} tells how far it is.
   */
  Vacuumed vacuum();

  StoreStatus status();

  /** How many rows each table of the store has; empty while it cannot be asked. */
  List<TableSize> tables();

  /** A question for totals. */
  record SummaryQuery(Instant from, Instant to, Set<Dimension> by, UsageFilter filter) {
    public SummaryQuery {
      by = Set.copyOf(by);
      if (from.isAfter(to)) {
        throw new IllegalArgumentException("from is after to");
      }
    }

    /** The same with another end. */
    public SummaryQuery until(Instant end) {
      return new SummaryQuery(from, end, by, filter);
    }
  }

  /**
   * One line of an answer.
   *
   * @param operations what {@link #addOperations} added; 0 in answers about live counters
   */
  record Row(UsageKey key, Traffic traffic, long operations) {
    /** Without operations. */
    public Row(UsageKey key, Traffic traffic) {
      this(key, traffic, 0);
    }
  }

  /**
   * Rows by falling total bytes.
   *
   * @param asOf the last snapshot that the answer includes
   * @param total each byte once: rows by tag are part of the untagged ones
   */
  record Summary(Instant from, Instant to, Instant asOf, List<Row> rows, Traffic total) {
    public Summary {
      rows = List.copyOf(rows);
    }
  }

  /** A question for buckets. */
  record HistoryQuery(
      Instant from, Instant to, Resolution resolution, Set<Dimension> by, UsageFilter filter) {
    public HistoryQuery {
      by = Set.copyOf(by);
      if (from.isAfter(to)) {
        throw new IllegalArgumentException("from is after to");
      }
    }

    HistoryQuery between(Instant start, Instant end) {
      return new HistoryQuery(start, end, resolution, by, filter);
    }
  }

  /** One key's usage in one bucket. */
  record Bucket(Instant start, Instant end, Row row) {}

  /**
   * Buckets by time, then key. {@code mixed}: where finer buckets are no longer kept, coarser came.
   */
  record History(Resolution resolution, Instant asOf, List<Bucket> buckets, boolean mixed) {
    public History {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * Traffic of this boot.
   *
   * @param countedSince when the programs were attached, or first attached in this boot
   * @param gaps times of this boot in which nothing was counted
   * @param total each byte once, however the rows are grouped
   */
  record SinceBoot(
      Instant bootTime,
      Instant countedSince,
      List<Gap> gaps,
      Instant asOf,
      List<Row> rows,
      Traffic total) {
    public SinceBoot {
      gaps = List.copyOf(gaps);
      rows = List.copyOf(rows);
    }
  }

  /** A time without counting. */
  record Gap(Instant from, Instant to) {}

  /**
   * A UID, as it is counted now.
   *
   * @param name what it is called, or was called last; untrusted text
   * @param counters that it holds: one for each interface, counter set and tag that it used lately
   */
  record UidState(long uid, Optional<String> name, CounterSet set, int counters) {}

  /** What a snapshot stored. */
  record PollResult(Instant asOf, int changedKeys, Traffic stored) {}

  /**
   * One interface's figures, from the network header on.
   *
   * @param iface name, {@code netns:<cookie>/<name>} for other namespaces
   * @param view how this device counts segments, and so which view of {@code uids} is shown
   * @param device the interface's own counters less link headers
   * @param uids what the hooks charged
   * @param unattributed {@code device - uids}, signed, never clamped
   */
  record Truth(
      String iface,
      long netns,
      int ifindex,
      Networks.View view,
      Traffic device,
      Traffic uids,
      Traffic unattributed) {}

  /** What became of a recording. */
  enum ImportOutcome {
    IMPORTED,
    /** It took the place of what was known of the same file. */
    REPLACED,
    /** It was known, or tells of less than what is known of the same file. */
    UNCHANGED
  }

  /** What became of a recording, and what is now known of the file. */
  record ImportResult(ImportOutcome outcome, ImportedFile file) {}

  /**
   * A recording in history.
   *
   * @param from when its first bucket begins
   * @param to when all its buckets have ended
   * @param keys how many combinations of network, UID, set and tag it tells apart
   * @param traffic of all of them, tagged or not
   */
  record ImportedFile(
      ImportName name,
      Instant importedAt,
      Instant from,
      Instant to,
      int keys,
      int buckets,
      Traffic traffic) {}

  /**
   * What a vacuum did.
   *
   * @param bytesBefore of the file
   * @param bytes of the file now
   */
  record Vacuumed(long bytesBefore, long bytes) {}

  /** How the store is. {@code problems} is empty when all is well. */
  record StoreStatus(
      String file,
      long bytes,
      Instant lastPoll,
      long lastPollMicros,
      int liveSlots,
      int slots,
      int series,
      List<Work> work,
      List<String> problems) {
    public StoreStatus {
      work = List.copyOf(work);
      problems = List.copyOf(problems);
    }
  }

  /** Rows of a table, roughly while they are being changed. */
  record TableSize(String name, long rows) {}

  /** What may take long. */
  enum WorkKind {
    /** Counted in entries of the store. */
    VACUUM,
    /** Counted in hours of history. */
    EXPORT,
    /** Counted in buckets as they are read, then in rows as they are stored. */
    IMPORT,
    /** Into one kind of bucket after another, counted in hours of history. */
    ROLL_UP,
    /** Of what retention no longer keeps, counted in hours of history. */
    DELETION
  }

  /**
   * Work that is being done, and for how long already.
   *
   * @param total zero as long as it is not known
   */
  record Work(WorkKind kind, long done, long total, Duration running) {
    /** As long again as it took for its part so far; empty as long as that cannot be told. */
    public Optional<Duration> remaining() {
      return done == 0 || total == 0
          ? Optional.empty()
          : Optional.of(
              Duration.ofMillis(Math.round((double) running.toMillis() * (total - done) / done)));
    }
  }
}
