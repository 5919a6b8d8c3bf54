package org.uidnet.netd.daemon;

import java.util.List;
import org.uidnet.api.model.DaemonStatus.BpfMap;
import org.uidnet.api.model.DaemonStatus.Link;
import org.uidnet.api.model.DaemonStatus.Program;

/** The kernel objects at work. */
public record Inventory(List<Program> programs, List<Link> links, List<BpfMap> maps) {
  public Inventory {
    programs = List.copyOf(programs);
    links = List.copyOf(links);
    maps = List.copyOf(maps);
  }
}
