package org.uidnet.netd.command;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.netd.command.TopFrame.Size;

/**
 * The terminal's alternate screen, drawn in place; {@code q} stops. Whatever ends the process, but
 * for kill -9, gives the terminal back as it was.
 *
 * <p>Not thread-safe, but that closing may happen in a shutdown hook beside any other call.
 */
final class TerminalScreen implements Screen {
  private static final File TTY = new File("/dev/tty");
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");
  private static final Size USUAL = new Size(80, 24);
  private static final int KEY_MILLIS = 50;

  private final PrintWriter out;
  private final FileInputStream keys;
  private final Optional<String> savedSettings;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private TerminalScreen(PrintWriter out, FileInputStream keys) {
    this.out = out;
    this.keys = keys;
    savedSettings = stty("-g");
  }

  /** Takes over the terminal. */
  static TerminalScreen open(PrintWriter out) throws IOException {
    TerminalScreen screen = new TerminalScreen(out, new FileInputStream(TTY));
    Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "uidnet-terminal"));
    stty("-icanon", "-echo");
    out.print(ENTER);
    out.flush();
    return screen;
  }

  /** Asked for each frame: the window may have changed. */
  @Override
  public Size size() {
    return stty("size").flatMap(TerminalScreen::parseSize).orElse(USUAL);
  }

  /** Of the window that this process writes to; a usual one if nobody can tell. */
  static Size sizeOf(Context context) {
    return context.terminal()
        ? stty("size").flatMap(TerminalScreen::parseSize).orElse(USUAL)
        : USUAL;
  }

  static Optional<Size> parseSize(String answer) {
    Matcher matcher = SIZE.matcher(answer);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Size size = new Size(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)));
    return size.columns() > 0 && size.rows() > 0 ? Optional.of(size) : Optional.empty();
  }

  @Override
  public void show(List<String> lines) {
    if (open.get()) {
      out.print(frame(lines, size().rows()));
      out.flush();
    }
  }

  /** No line break after the last line, so that nothing scrolls. */
  static String frame(List<String> lines, int rows) {
    List<String> visible = lines.subList(0, Math.min(rows, lines.size()));
    return HOME + String.join(CLEAR_LINE + "\r\n", visible) + CLEAR_LINE + CLEAR_BELOW;
  }

  @Override
  public boolean pause(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      if (quits()) {
        return true;
      }
      Thread.sleep(KEY_MILLIS);
    }
    return false;
  }

  private boolean quits() {
    try {
      while (keys.available() > 0) {
        int key = keys.read();
        if (key == 'q' || key == 'Q') {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true; // the terminal is gone
    }
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      out.print(LEAVE);
      out.flush();
      savedSettings.ifPresent(TerminalScreen::stty);
    }
  }

  /** Without stty it works as well, but for the q. */
  private static Optional<String> stty(String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of("stty"));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectInput(TTY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
