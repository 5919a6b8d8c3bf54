package org.uidnet.netd.command;

import java.util.ArrayList;
import java.util.List;
import org.uidnet.netd.daemon.KernelDaemon;

/** What {@code run} says first: what is attached where, and how to reach it. */
record RunHeader(KernelDaemon daemon) {
  private static final String PREFIX_OF_PROGRAMS = "uidnet_";
  private static final int LINKS_A_LINE = 4;

  List<String> lines() {
    var state = daemon.config().stateDir();
    List<String> lines = new ArrayList<>();
    lines.add("uidnet counts every packet of " + daemon.cgroup() + " per UID: " + daemon.outcome());
    lines.add("");
    addLinks(lines);
    lines.add("  pins       " + daemon.pins());
    lines.add(
        "  history    "
            + state.historyDatabase()
            + ", a snapshot every "
            + daemon.config().pollInterval().toSeconds()
            + " s");
    lines.add("  socket     " + state.apiSocket() + "   (uidnet usage, top, who, history)");
    lines.add("  http       " + HttpAddress.line(daemon.http(), state));
    return lines;
  }

  List<String> aboveFrames() {
    List<String> lines = new ArrayList<>(lines());
    lines.addAll(List.of("", "Ctrl-C stops. Counting now:", ""));
    return lines;
  }

  /** Their numbers, a few a line. */
  private void addLinks(List<String> lines) {
    List<String> links =
        daemon.inventory().links().stream()
            .map(link -> link.linkId() + " " + link.program().replace(PREFIX_OF_PROGRAMS, ""))
            .toList();
    for (int first = 0; first < links.size(); first += LINKS_A_LINE) {
      List<String> some = links.subList(first, Math.min(first + LINKS_A_LINE, links.size()));
      lines.add((first == 0 ? "  links      " : "             ") + String.join(", ", some));
    }
  }
}
