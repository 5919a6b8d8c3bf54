package org.uidnet.netd.command;

import java.util.ArrayList;
import java.util.List;
import org.uidnet.netd.daemon.KernelDaemon;

/** What {@code run} says first: what is attached where, and how to reach it. */
record RunHeader(KernelDaemon daemon) {
  List<String> lines() {
    var state = daemon.config().stateDir();
    return List.of(
        "uidnet counts every packet of " + daemon.cgroup() + " per UID: " + daemon.outcome(),
        "",
        "  links      " + links(),
        "  pins       " + daemon.pins(),
        "  history    "
            + state.historyDatabase()
            + ", a snapshot every "
            + daemon.config().pollInterval().toSeconds()
            + " s",
        "  socket     " + state.apiSocket() + "   (uidnet usage, top, who, history)",
        "  http       " + HttpAddress.line(daemon.http(), state));
  }

  List<String> aboveFrames() {
    List<String> lines = new ArrayList<>(lines());
    lines.addAll(List.of("", "Ctrl-C stops. Counting now:", ""));
    return lines;
  }

  private String links() {
    return String.join(
        ", ",
        daemon.inventory().links().stream()
            .map(link -> link.linkId() + " " + link.program())
            .toList());
  }
}
