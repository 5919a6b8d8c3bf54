package org.uidnet.netd.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.ProgramInfo;
import org.uidnet.programs.object.ProgramSpec;

/**
 * The attachments of our programs to one cgroup, each pinned under its program's name. Owns the
 * descriptors. Not thread-safe.
 */
final class Links implements AutoCloseable {
  private final Pins pins;
  private final Cgroup cgroup;
  private final List<ProgramSpec> programs;
  private final Map<String, Fd> links = new LinkedHashMap<>();

  private Links(Pins pins, Cgroup cgroup, List<ProgramSpec> programs) {
    this.pins = pins;
    this.cgroup = cgroup;
    this.programs = programs;
  }

  /** Opens those that are pinned: all, some or none, attached or not. */
  static Links open(Pins pins, Cgroup cgroup, List<ProgramSpec> programs) {
    Links opened = new Links(pins, cgroup, programs);
    try {
      programs.forEach(opened::open);
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void open(ProgramSpec program) {
    Pins.open(pins.link(program.name())).ifPresent(fd -> links.put(program.name(), fd));
  }

  /** Ids of links by program, in the order of the object. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (ProgramSpec program : programs) {
      Optional.ofNullable(links.get(program.name()))
          .ifPresent(link -> ids.put(program.name(), Bpf.linkInfo(link).id()));
    }
    return ids;
  }

  /** Programs that do not run on our cgroup: never attached, or detached by someone else. */
  List<String> missing() {
    return programs.stream().map(ProgramSpec::name).filter(name -> !isAttached(name)).toList();
  }

  /** Programs that do not run on our cgroup with these maps: missing, or replaced by another. */
  List<String> lost(Generation generation) {
    int mark = generation.markId();
    return programs.stream()
        .map(ProgramSpec::name)
        .filter(name -> !isAttached(name) || !maps(link(name)).contains(mark))
        .toList();
  }

  private boolean isAttached(String program) {
    return Optional.ofNullable(links.get(program))
        .map(Bpf::linkInfo)
        .filter(info -> info.cgroup() == cgroup.id())
        .isPresent();
  }

  /** Whether each attached link, if any, has its pin. */
  boolean arePinned() {
    return pinned().containsAll(links.keySet());
  }

  private Set<String> pinned() {
    return Pins.names(pins.links());
  }

  /** Pins those that have lost their pins. */
  void pin() {
    Set<String> pinned = pinned();
    links.forEach(
        (program, link) -> {
          if (!pinned.contains(program)) {
            Pins.pin(link, pins.link(program));
          }
        });
  }

  /** How many links run a program that uses this generation, attached or not. */
  long using(Generation generation) {
    int mark = generation.markId();
    return links.values().stream().filter(link -> maps(link).contains(mark)).count();
  }

  boolean allUse(Generation generation) {
    return using(generation) == programs.size();
  }

  private static List<Integer> maps(Fd link) {
    return Bpf.program(Bpf.linkInfo(link).programId())
        .map(
            program -> {
              try (program) {
                return Bpf.programInfo(program);
              }
            })
        .map(ProgramInfo::maps)
        .orElse(List.of());
  }

  /**
   * Lets every link run the new programs, all or none: where one fails, the ones before it get
   * their old programs back. Links that exist are swapped in place, others are made.
   */
  void run(Function<String, Fd> loaded) {
    Deque<Step> done = new ArrayDeque<>();
    try {
      for (ProgramSpec program : programs) {
        done.push(step(program, loaded.apply(program.name())));
      }
    } catch (RuntimeException e) {
      done.forEach(step -> undo(step, e));
      throw e;
    }
    done.forEach(Step::commit);
    detachUnknown();
  }

  /** Links of programs that an older version had and this one has not. */
  private void detachUnknown() {
    pins.links().stream()
        .filter(pin -> !links.containsKey(String.valueOf(pin.getFileName())))
        .forEach(
            pin -> {
              Pins.open(pin).ifPresent(Links::end);
              Pins.unpin(pin);
            });
  }

  private static void end(Fd link) {
    try (link) {
      if (Bpf.linkInfo(link).isAttached()) {
        Bpf.detachLink(link);
      }
    }
  }

  private static void undo(Step step, RuntimeException failure) {
    try {
      step.undo();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Step step(ProgramSpec program, Fd loaded) {
    return isAttached(program.name())
        ? new Swap(link(program.name()), loaded)
        : new Attach(program, loaded);
  }

  private Fd link(String program) {
    Fd link = links.get(program);
    if (link == null) {
      throw new KernelException("program " + program + " has no link");
    }
    return link;
  }

  /** Ends all attachments, also if somebody else holds the links, and unpins them. */
  void detach() {
    links.values().stream()
        .filter(link -> Bpf.linkInfo(link).isAttached())
        .forEach(Bpf::detachLink);
    programs.forEach(program -> Pins.unpin(pins.link(program.name())));
    pins.discardLinks();
  }

  @Override
  public void close() {
    links.values().forEach(Fd::close);
    links.clear();
  }

  /** A change to one link that can be taken back until it is committed. */
  private interface Step {
    void undo();

    void commit();
  }

  /** Gives an attached link another program. */
  private static final class Swap implements Step {
    private final Fd link;
    private final Fd old;

    Swap(Fd link, Fd loaded) {
      this.link = link;
      old =
          Bpf.program(Bpf.linkInfo(link).programId())
              .orElseThrow(() -> new KernelException("a link has lost its program"));
      try {
        Bpf.updateLink(link, loaded);
      } catch (RuntimeException e) {
        old.close();
        throw e;
      }
    }

    @Override
    public void undo() {
      try (old) {
        Bpf.updateLink(link, old);
      }
    }

    @Override
    public void commit() {
      old.close();
    }
  }

  /**
   * Makes a link in place of none, of a detached one, or of one on another cgroup. That one is
   * detached last: for some microseconds a packet may count twice, but none goes unjudged.
   */
  private final class Attach implements Step {
    private final String program;
    private final Optional<Fd> old;
    private final Fd made;

    Attach(ProgramSpec spec, Fd loaded) {
      program = spec.name();
      old = Optional.ofNullable(links.get(program));
      try (Fd directory = cgroup.open()) {
        made = Bpf.createLink(loaded, directory, spec.attachType());
      }
      try {
        replacePin(made);
      } catch (RuntimeException e) {
        undoAfter(e);
        throw e;
      }
    }

    private void undoAfter(RuntimeException failure) {
      Links.undo(this, failure);
    }

    /** A program must judge also where no pin can be. */
    private void replacePin(Fd link) {
      Pins.unpin(pins.link(program));
      if (pins.arePossible()) {
        Pins.pin(link, pins.link(program));
      }
    }

    @Override
    public void undo() {
      try (made) {
        Pins.unpin(pins.link(program));
        old.filter(link -> pins.arePossible())
            .ifPresent(link -> Pins.pin(link, pins.link(program)));
      }
    }

    @Override
    public void commit() {
      links.put(program, made);
      old.ifPresent(Links::end);
    }
  }
}
