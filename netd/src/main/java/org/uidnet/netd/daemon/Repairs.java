package org.uidnet.netd.daemon;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.kernel.Attachment;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.sys.SysException;
import org.uidnet.stats.Host;

/**
 * Puts back what somebody takes away from the programs: their attachment, and their pins.
 * Thread-safe.
 */
final class Repairs {
  /** Health tells of a repair that long, so that who asks once a minute hears of it. */
  private static final long TOLD_NANOS = Duration.ofMinutes(1).toNanos();

  private final Attachment attachment;
  private final Bpffs bpffs;
  private final Host.Elapsed elapsed;

  private record Repair(long at, String sentence) {}

  /** The rest is guarded by this. */
  private final List<Repair> repairs = new ArrayList<>();

  private boolean pinned = true;
  private Optional<String> obstacle = Optional.empty();

  Repairs(Attachment attachment, Bpffs bpffs, Host.Elapsed elapsed) {
    this.attachment = attachment;
    this.bpffs = bpffs;
    this.elapsed = elapsed;
  }

  /**
   * One round. What cannot be put back is tried again by the next, and a problem meanwhile.
   *
   * @return what was put back, one sentence each
   */
  synchronized List<String> round() {
    List<String> done = new ArrayList<>();
    try {
      attach(done);
      pin(done);
      obstacle = Optional.empty();
    } catch (KernelException | SysException | UncheckedIOException e) {
      obstacle = Optional.of("the programs cannot be looked after: " + why(e));
    }
    long now = elapsed.nanos();
    repairs.removeIf(repair -> now - repair.at() > TOLD_NANOS);
    done.forEach(sentence -> repairs.add(new Repair(now, sentence)));
    return done;
  }

  private void attach(List<String> done) {
    List<String> lost = attachment.mend();
    if (!lost.isEmpty()) {
      done.add(
          "somebody detached %s: attached again; what passed meanwhile was not counted, or not judged"
              .formatted(String.join(", ", lost)));
    }
  }

  private void pin(List<String> done) {
    if (attachment.pinAgain()) {
      done.add(
          "somebody removed the pins in "
              + bpffs.directory()
              + ": pinned again; nothing was missed");
    }
    pinned = attachment.isPinned();
  }

  /** What is wrong, and what was lately. */
  synchronized List<String> problems() {
    List<String> problems = new ArrayList<>(repairs.stream().map(Repair::sentence).toList());
    obstacle.ifPresent(problems::add);
    if (!pinned) {
      problems.add(
          "the pins in %s are gone: counting and enforcement end with this daemon. Mount the bpf file system again (mount -t bpf bpf %s), and it pins them anew"
              .formatted(bpffs.directory(), bpffs.point()));
    }
    return problems;
  }

  /** What the kernel said, which may be the cause of the cause. */
  static String why(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == error
        ? String.valueOf(error.getMessage())
        : error.getMessage() + ": " + root.getMessage();
  }
}
