package org.uidnet.netd.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.LinkInfo;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;

/**
 * Gives the network back without a daemon: detaches every link of ours, found by its pin or by the
 * name of its program, and removes all pins. Counters that no daemon has stored are lost.
 */
public final class Unload {
  private final Set<String> programs;
  private final Optional<Cgroup> onlyOn;

  /** Finds links by programs of these names; only those on one cgroup if one is given. */
  public Unload(ProgramObject object, Optional<Cgroup> onlyOn) {
    this.programs =
        object.programs().stream().map(ProgramSpec::name).collect(Collectors.toUnmodifiableSet());
    this.onlyOn = onlyOn;
  }

  /**
   * What was done.
   *
   * @param detached programs, one entry for each link
   * @param unpinned generations of maps
   * @param unmounted whether a bpf file system of ours was unmounted
   */
  public record Report(List<String> detached, int unpinned, boolean unmounted) {
    public Report {
      detached = List.copyOf(detached);
    }

    public boolean isNothing() {
      return detached.isEmpty() && unpinned == 0 && !unmounted;
    }
  }

  /** Works through the directory of pins, if there is one, and all links of the system. */
  public Report run(Optional<Bpffs> bpffs) {
    List<String> detached = new ArrayList<>();
    bpffs.map(place -> new Pins(place.directory())).ifPresent(pins -> detachPinned(pins, detached));
    detachByName(detached);
    int unpinned = bpffs.map(place -> unpinMaps(new Pins(place.directory()))).orElse(0);
    boolean unmounted = bpffs.map(Bpffs::release).orElse(false);
    return new Report(detached, unpinned, unmounted);
  }

  private void detachPinned(Pins pins, List<String> detached) {
    for (Path pin : pins.links()) {
      Pins.open(pin).ifPresent(link -> detach(link, detached));
      Pins.unpin(pin);
    }
    pins.discardLinks();
  }

  private static int unpinMaps(Pins pins) {
    List<UUID> generations = pins.generations();
    generations.forEach(pins::discard);
    return generations.size();
  }

  private void detachByName(List<String> detached) {
    OptionalInt id = Bpf.nextLink(0);
    while (id.isPresent()) {
      Bpf.link(id.getAsInt()).ifPresent(link -> detachIfOurs(link, detached));
      id = Bpf.nextLink(id.getAsInt());
    }
  }

  private void detachIfOurs(Fd link, List<String> detached) {
    LinkInfo info = Bpf.linkInfo(link);
    if (info.isAttached() && isWanted(info) && programs.contains(programName(info))) {
      detach(link, detached);
    } else {
      link.close();
    }
  }

  private boolean isWanted(LinkInfo info) {
    return onlyOn.map(cgroup -> cgroup.id() == info.cgroup()).orElse(true);
  }

  private static void detach(Fd link, List<String> detached) {
    try (link) {
      LinkInfo info = Bpf.linkInfo(link);
      if (info.isAttached()) {
        Bpf.detachLink(link);
        detached.add(programName(info));
      }
    }
  }

  private static String programName(LinkInfo info) {
    return Bpf.program(info.programId())
        .map(
            program -> {
              try (program) {
                return Bpf.programInfo(program).name();
              }
            })
        .orElse("");
  }
}
