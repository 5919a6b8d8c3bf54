package org.uidnet.stats;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.uidnet.stats.Usage.Work;
import org.uidnet.stats.Usage.WorkKind;

/** What takes long and is being done, in the order in which it began. Thread-safe. */
final class Works {
  /** The total of what nobody can tell before its end. */
  static final long UNKNOWN = 0;

  private final List<Running> running = new CopyOnWriteArrayList<>();
  private final Map<WorkKind, Running> ofManyRounds = new ConcurrentHashMap<>();
  private final Host.Elapsed clock;

  Works(Host.Elapsed clock) {
    this.clock = clock;
  }

  /** Work that whoever does it closes at its end, however it ends. */
  Running begin(WorkKind kind, long total) {
    Running work = new Running(kind, total);
    running.add(work);
    return work;
  }

  /**
   * Work that goes on over many rounds, told by what is left of it: it begins when that is not zero
   * and ends when it is. For the writer only.
   */
  void left(WorkKind kind, long left) {
    if (left > 0) {
      Running work = ofManyRounds.computeIfAbsent(kind, each -> begin(each, left));
      work.done(Math.max(0, work.total - left)); // it may have grown since
    } else if (ofManyRounds.containsKey(kind)) {
      ofManyRounds.remove(kind).close();
    }
  }

  List<Work> all() {
    return running.stream().map(Running::now).toList();
  }

  /** Work that goes on. */
  final class Running implements AutoCloseable {
    private final WorkKind kind;
    private final long total;
    private final long begin = clock.nanos();
    private volatile long done;

    private Running(WorkKind kind, long total) {
      this.kind = kind;
      this.total = total;
    }

    void done(long soFar) {
      done = soFar;
    }

    private Work now() {
      return new Work(kind, done, total, Duration.ofNanos(clock.nanos() - begin));
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }
}
