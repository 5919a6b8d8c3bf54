package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.uidnet.api.model.DaemonStatus.BpfMap;
import org.uidnet.api.model.DaemonStatus.Link;
import org.uidnet.api.model.DaemonStatus.Program;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.LinkInfo;
import org.uidnet.netd.sys.MapInfo;
import org.uidnet.netd.sys.ProgramInfo;
import org.uidnet.programs.layout.Control;

/** Asks the kernel what is at work behind our links, by their ids. */
final class KernelInventory {
  private static final Map<Integer, String> TYPES =
      Map.of(1, "hash", 2, "array", 23, "stack", 24, "sk_storage", 27, "ringbuf");

  private final Path cgroup;
  private final Control control;
  private final List<Program> programs = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final TreeSet<Integer> mapIds = new TreeSet<>();

  private KernelInventory(Path cgroup, Control control) {
    this.cgroup = cgroup;
    this.control = control;
  }

  static Inventory of(Map<String, Integer> linkIds, Path cgroup, Control control) {
    var inventory = new KernelInventory(cgroup, control);
    linkIds.forEach(inventory::addLink);
    return new Inventory(inventory.programs, inventory.links, inventory.maps());
  }

  private void addLink(String program, int id) {
    try (Fd link = Bpf.link(id).orElse(null)) {
      if (link != null) {
        links.add(new Link(program, cgroup.toString(), id));
        addProgram(Bpf.linkInfo(link));
      }
    }
  }

  private void addProgram(LinkInfo link) {
    try (Fd program = Bpf.program(link.programId()).orElse(null)) {
      if (program != null) {
        ProgramInfo info = Bpf.programInfo(program);
        programs.add(describe(info));
        mapIds.addAll(info.maps());
      }
    }
  }

  private static Program describe(ProgramInfo info) {
    Optional<Long> runs = Optional.of(info.runs()).filter(count -> count > 0);
    return new Program(
        info.name(),
        info.id(),
        Optional.of(info.tag()),
        runs,
        runs.map(counted -> info.runNanoseconds()));
  }

  private List<BpfMap> maps() {
    List<BpfMap> maps = new ArrayList<>();
    for (int id : mapIds) {
      try (Fd map = Bpf.map(id).orElse(null)) {
        if (map != null) {
          maps.add(describe(map));
        }
      }
    }
    return maps;
  }

  private BpfMap describe(Fd map) {
    MapInfo info = Bpf.mapInfo(map);
    return new BpfMap(
        info.name(),
        type(info.type()),
        entries(info.name(), info.maxEntries(), control),
        info.maxEntries(),
        memory(map));
  }

  static String type(int number) {
    return TYPES.getOrDefault(number, "type " + number);
  }

  /** In use as far as we know without walking through the map: the most that ever were. */
  static long entries(String map, long maxEntries, Control control) {
    return switch (map) {
      case "slots" -> (long) (control.slotsEverUsed() + 1) * control.cpus();
      case "slot_keys", "slot_index" -> control.slotsEverUsed();
      case "uid_rows" -> control.highRowsEverUsed();
      case "control", "uids", "uidnet.rodata" -> maxEntries;
      default -> 0;
    };
  }

  private static long memory(Fd map) {
    try (var lines = Files.lines(Path.of("/proc/self/fdinfo/" + map.number()))) {
      return lines
          .filter(line -> line.startsWith("memlock:"))
          .mapToLong(line -> Long.parseLong(line.substring("memlock:".length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the memory of a map", e);
    }
  }
}
