package org.uidnet.netd.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.programs.object.ProgramObject;

/** Takes everything of ours out of the kernel, after the daemon has ended or died. */
public final class Unloading {
  private Unloading() {}

  /**
   * Detaches and unpins at this place; without a place, everywhere.
   *
   * @throws KernelException if a daemon still works there
   */
  public static Unload.Report run(KernelPlatform.Place place) {
    Optional<Cgroup> cgroup = place.cgroup().map(path -> Cgroup.at(path, Mounts.read()));
    List<Bpffs> pins = pins(place);
    pins.forEach(Unloading::requireIdle);
    Unload unload = new Unload(ProgramObject.load(), cgroup);
    List<Unload.Report> reports = new ArrayList<>();
    pins.forEach(directory -> reports.add(unload.run(Optional.of(directory))));
    reports.add(unload.run(Optional.empty()));
    return sum(reports);
  }

  private static List<Bpffs> pins(KernelPlatform.Place place) {
    boolean everywhere = place.bpffs().isEmpty() && place.cgroup().isEmpty();
    return everywhere ? Bpffs.ours() : Bpffs.find(place.bpffs()).stream().toList();
  }

  private static void requireIdle(Bpffs pins) {
    if (pins.isInUse()) {
      throw new KernelException(
          "a running uidnet uses the pins in %s: name its directory with --state-dir, so that it is stopped first"
              .formatted(pins.directory()));
    }
  }

  private static Unload.Report sum(List<Unload.Report> reports) {
    return new Unload.Report(
        reports.stream().flatMap(report -> report.detached().stream()).toList(),
        reports.stream().mapToInt(Unload.Report::unpinned).sum(),
        reports.stream().anyMatch(Unload.Report::unmounted));
  }
}
