package org.uidnet.netd.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.uidnet.api.client.NoDaemonException;
import org.uidnet.netd.command.TopFrame.Size;
import org.uidnet.netd.daemon.KernelDaemon;

/**
 * What {@code run} shows: what is attached where and how to reach it, then who uses the network
 * right now, redrawn below it on a terminal, else printed once.
 */
final class RunScreen {
  private static final long SECOND_MILLIS = 1000;
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int MOST_ROWS = 16;

  private final KernelDaemon daemon;
  private final Context context;
  private final PrintWriter out;
  private int drawn;

  RunScreen(KernelDaemon daemon, Context context) {
    this.daemon = daemon;
    this.context = context;
    out = context.out();
  }

  /** Returns when there is nothing more to show. */
  void show(DaemonClient client) throws IOException, InterruptedException {
    header().forEach(out::println);
    out.flush();
    Frames frames = Frames.of(client, Units.IEC, context);
    do {
      Thread.sleep(SECOND_MILLIS);
      frames.advance();
      draw(frames.current().lines(size()));
    } while (context.terminal() && isServed(client));
  }

  private static boolean isServed(DaemonClient client) throws IOException {
    try {
      client.health();
      return true;
    } catch (NoDaemonException e) {
      return false; // it is being stopped
    }
  }

  private Size size() {
    Size terminal = TerminalScreen.sizeOf(context);
    return new Size(
        terminal.columns(),
        Math.max(6, Math.min(MOST_ROWS, terminal.rows() - header().size() - 2)));
  }

  private List<String> header() {
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
        "  http       "
            + daemon
                .http()
                .map(http -> "http://" + http + "   token in " + state.adminToken())
                .orElse("off"),
        "",
        "Ctrl-C stops. Counting now:",
        "");
  }

  private String links() {
    return String.join(
        ", ",
        daemon.inventory().links().stream()
            .map(link -> link.linkId() + " " + link.program())
            .toList());
  }

  private void draw(List<String> lines) {
    if (!context.terminal()) {
      lines.forEach(out::println);
      out.flush();
      return;
    }
    if (drawn > 0) {
      out.printf("\u001b[%dA\r", drawn);
    }
    lines.forEach(line -> out.print(line + CLEAR_LINE + "\r\n"));
    out.print(CLEAR_BELOW);
    out.flush();
    drawn = lines.size();
  }
}
