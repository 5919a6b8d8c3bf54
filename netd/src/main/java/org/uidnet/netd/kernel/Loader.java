package org.uidnet.netd.kernel;

import java.time.Clock;
import java.util.Optional;
import org.uidnet.netd.kernel.Attachment.Outcome;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * Brings the programs onto a cgroup, whatever an earlier start left behind. One path for all cases:
 *
 * <ol>
 *   <li>Open the pinned generations. Sweep those that are incomplete or never counted.
 *   <li>Take the one whose layout version and map sizes are ours; of several (a start that was
 *       interrupted) the one that most links run. If there is none, make one: maps, control,
 *       namespaces, policy ({@link Handover#prepare}).
 *   <li>Unless all links are attached and run this object with these constants on that generation:
 *       load the programs, pin the maps, give the programs to the links, all or none.
 *   <li>Wait until no program runs on another generation; hand those over and unpin them.
 * </ol>
 *
 * <p>An interruption before step 3 leaves nothing, or maps that never counted; in step 3, links on
 * two generations, both pinned; in step 4, a generation that is handed over again. The next start,
 * of this version or of the older one, continues from each.
 */
public final class Loader {
  private final Blueprint blueprint;
  private final Cgroup cgroup;
  private final Bpffs bpffs;
  private final Clock clock;

  public Loader(ProgramObject object, Limits limits, Cgroup cgroup, Bpffs bpffs, Clock clock) {
    this.blueprint = new Blueprint(object, limits);
    this.cgroup = cgroup;
    this.bpffs = bpffs;
    this.clock = clock;
  }

  /** Attaches, or adopts what is attached. If it fails, what ran before runs on. */
  public Attachment attach(Handover handover) {
    PinLock lock = PinLock.take(bpffs); // while another has it, nothing there is ours to clear up
    Resources resources = new Resources();
    resources.onClose(lock::close);
    try {
      return new Start(lock, resources, handover).run();
    } catch (RuntimeException e) {
      resources.closeAfter(e);
      releaseAfter(e);
      throw e;
    }
  }

  /** The directory and the mount go again if nothing is in them. */
  private void releaseAfter(RuntimeException failure) {
    try {
      bpffs.release();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** One start: what it has opened, and what it does with it. */
  private final class Start {
    private final PinLock lock;
    private final Resources resources;
    private final Handover handover;
    private final Pins pins = new Pins(bpffs.directory());
    private final ProgramBarrier barrier;
    private final Links links;
    private final Generations generations;

    Start(PinLock lock, Resources resources, Handover handover) {
      this.lock = lock;
      this.resources = resources;
      this.handover = handover;
      barrier = new ProgramBarrier();
      resources.onClose(barrier::close);
      links = Links.open(pins, cgroup, blueprint.object().programs());
      resources.onClose(links::close);
      generations = Generations.open(pins, links);
      resources.onClose(generations::close);
    }

    Attachment run() {
      Optional<Generation> known = generations.fitting(blueprint);
      Outcome outcome = known.isPresent() ? Outcome.ADOPTED : newOutcome();
      Live live = known.map(this::adopt).orElseGet(this::make);
      live.namespaces().round();
      Installer installer = new Installer(blueprint, pins, links, clock);
      if (!installer.isInstalled(live)) {
        install(installer, live);
        outcome = outcome.withNewPrograms();
      }
      barrier.await();
      generations.retire(handover);
      return new Attachment(
          outcome, bpffs, lock, pins, links, barrier, generations, live, installer, resources);
    }

    private Outcome newOutcome() {
      return generations.newest().isPresent() ? Outcome.NEW_MAPS : Outcome.FRESH;
    }

    private Live adopt(Generation known) {
      return owned(Live.adopt(blueprint, generations.take(known), barrier));
    }

    private Live make() {
      Live live = owned(Live.make(blueprint, generations.newest(), barrier));
      handover.prepare(live.datapath());
      return live;
    }

    private Live owned(Live live) {
      resources.onClose(live::close);
      return live;
    }

    private void install(Installer installer, Live live) {
      boolean known = live.isPinned();
      try {
        installer.install(live);
      } catch (RuntimeException e) {
        if (!known && live.isPinned()) {
          giveUp(live, e);
        }
        throw e;
      }
    }

    /** New maps may have counted a few packets before the links went back to their old programs. */
    private void giveUp(Live live, RuntimeException failure) {
      try {
        barrier.await();
        handover.retire(live.datapath());
        pins.discard(live.generation().epoch());
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
