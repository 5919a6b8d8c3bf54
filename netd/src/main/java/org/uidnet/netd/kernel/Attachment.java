package org.uidnet.netd.kernel;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;

/**
 * The programs at work on a cgroup. The kernel keeps counting and enforcing when this is closed or
 * its process dies, until {@link #stop} or {@link Unload}. Thread-safe.
 */
public final class Attachment implements AutoCloseable {
  /** What a start found and did. */
  public enum Outcome {
    /** Nothing was there. */
    FRESH,
    /** Programs and maps ran on. */
    ADOPTED,
    /** The maps ran on with programs loaded anew: another version, other constants, lost links. */
    NEW_PROGRAMS,
    /** The maps of another version or size were replaced. */
    NEW_MAPS;

    Outcome withNewPrograms() {
      return this == ADOPTED ? NEW_PROGRAMS : this;
    }
  }

  private final Outcome outcome;
  private final Bpffs bpffs;
  private final PinLock lock;
  private final Pins pins;
  private final Links links;
  private final ProgramBarrier barrier;
  private final Generations retired;
  private final Live live;
  private final Installer installer;
  private final Resources resources;

  Attachment(
      Outcome outcome,
      Bpffs bpffs,
      PinLock lock,
      Pins pins,
      Links links,
      ProgramBarrier barrier,
      Generations retired,
      Live live,
      Installer installer,
      Resources resources) {
    this.outcome = outcome;
    this.bpffs = bpffs;
    this.lock = lock;
    this.pins = pins;
    this.links = links;
    this.barrier = barrier;
    this.retired = retired;
    this.live = live;
    this.installer = installer;
    this.resources = resources;
  }

  public Outcome outcome() {
    return outcome;
  }

  public Datapath datapath() {
    return live.datapath();
  }

  /** The rules that the programs judge by, and what they refused. */
  public RuleMaps rules() {
    return live.datapath();
  }

  /** Whom traffic is charged to, and packets on demand. */
  public AccountingMaps accounting() {
    return live.datapath();
  }

  /** To be asked for a round from time to time; one was done before the programs were attached. */
  public Namespaces namespaces() {
    return live.namespaces();
  }

  /** Ids of the links by program, as {@code bpftool link} shows them. */
  public synchronized Map<String, Integer> linkIds() {
    return links.ids();
  }

  /**
   * Attaches again what someone else has detached or replaced; answers which programs those were.
   */
  public synchronized List<String> mend() {
    List<String> lost = links.lost(live.generation());
    if (!lost.isEmpty()) {
      installer.install(live);
    }
    return lost;
  }

  /**
   * Whether the programs stay when this process ends. They do not after somebody has removed the
   * pins or unmounted the bpf file system.
   */
  public synchronized boolean isPinned() {
    return links.arePinned() && live.generation().isPinned(pins);
  }

  /**
   * Pins again what somebody has unpinned, as soon as there is a bpf file system for it; answers
   * whether it did.
   */
  public synchronized boolean pinAgain() {
    if (isPinned() || !bpffs.isMounted()) {
      return false;
    }
    lock.renew();
    live.generation().pin(pins);
    links.pin();
    installer.install(live);
    return true;
  }

  /** Epochs of older maps whose counters could not be stored yet. */
  public synchronized List<UUID> pending() {
    return retired.epochs();
  }

  /** Tries to store those again. */
  public synchronized void retirePending(Handover handover) {
    retired.retire(handover);
  }

  /**
   * Ends accounting and enforcement: detaches, waits for running programs, hands the counters over,
   * unpins, and unmounts the bpf file system if it is ours and empty. If the counters cannot be
   * stored the maps stay pinned for the next start.
   */
  public synchronized void stop(Handover handover) {
    try {
      links.detach();
      barrier.await();
      handover.retire(live.datapath());
      pins.discard(live.generation().epoch());
    } finally {
      close();
    }
    bpffs.release();
  }

  /** Leaves the programs running without us. */
  @Override
  public synchronized void close() {
    resources.close();
  }
}
