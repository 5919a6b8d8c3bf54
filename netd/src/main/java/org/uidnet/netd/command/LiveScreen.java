package org.uidnet.netd.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.uidnet.api.client.NoDaemonException;
import org.uidnet.api.client.ProblemException;
import org.uidnet.netd.command.TopFrame.Size;

/**
 * What a daemon in the foreground shows: what it is and how to reach it, then who uses the network
 * right now, redrawn below it on a terminal, else printed once.
 */
final class LiveScreen {
  private static final long SECOND_MILLIS = 1000;
  private static final int UNAVAILABLE = 503;
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int MOST_ROWS = 16;

  private final Context context;
  private final List<String> header;
  private final Supplier<List<String>> state;
  private final BooleanSupplier comesBack;
  private final PrintWriter out;
  private int drawn;

  /**
   * Nothing is shown yet.
   *
   * @param header shown once
   * @param state shown with each frame, above it
   * @param comesBack whether a daemon that does not answer will do so again
   */
  LiveScreen(
      Context context,
      List<String> header,
      Supplier<List<String>> state,
      BooleanSupplier comesBack) {
    this.context = context;
    this.header = header;
    this.state = state;
    this.comesBack = comesBack;
    out = context.out();
  }

  /** Returns when there is nothing more to show. */
  void show(DaemonClient client) throws IOException, InterruptedException {
    header.forEach(out::println);
    out.flush();
    Optional<Frames> frames = begin(client);
    do {
      Thread.sleep(SECOND_MILLIS);
      if (frames.isPresent()) {
        draw(frames.get());
      } else {
        frames = begin(client);
      }
    } while (context.terminal() && isServed(client));
  }

  /** Empty while the daemon cannot tell. */
  private Optional<Frames> begin(DaemonClient client) throws IOException {
    try {
      return Optional.of(Frames.of(client, Units.IEC, context));
    } catch (ProblemException e) {
      drawUnavailable(e);
    } catch (IOException e) {
      requireComingBack(e);
    }
    return Optional.empty();
  }

  private void draw(Frames frames) throws IOException {
    try {
      frames.advance();
      draw(frames.current());
    } catch (ProblemException e) {
      drawUnavailable(e);
    } catch (IOException e) {
      requireComingBack(e);
    }
  }

  private void requireComingBack(IOException e) throws IOException {
    if (!comesBack.getAsBoolean()) {
      throw e;
    }
  }

  /** Counting and rules go on without history, and so does who shows them. */
  private void drawUnavailable(ProblemException refusal) throws IOException {
    if (refusal.status() != UNAVAILABLE) {
      requireComingBack(refusal);
    }
    draw(List.of(Text.plain(String.valueOf(refusal.getMessage()))));
  }

  private boolean isServed(DaemonClient client) throws IOException {
    try {
      client.health();
      return true;
    } catch (NoDaemonException e) {
      return comesBack.getAsBoolean(); // else it is being stopped
    } catch (IOException e) {
      requireComingBack(e);
      return true;
    }
  }

  private void draw(TopFrame frame) {
    List<String> lines = new ArrayList<>();
    Size terminal = TerminalScreen.sizeOf(context);
    state.get().forEach(line -> lines.add(Text.fit(line, terminal.columns())));
    int rows = terminal.rows() - header.size() - lines.size() - 2;
    lines.addAll(frame.lines(new Size(terminal.columns(), Math.max(6, Math.min(MOST_ROWS, rows)))));
    draw(lines);
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
