package org.uidnet.netd.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uidnet.netd.command.TopFrame.Size;

/** Where frames are shown, one after the other. */
interface Screen extends AutoCloseable {
  Size size();

  void show(List<String> lines);

  /**
   * Lets time pass.
   *
   * @return whether the viewer wants to stop
   */
  boolean pause(long millis) throws InterruptedException;

  @Override
  void close();

  /** Frames one below the other, for pipes and files; it ends when nobody reads any more. */
  static Screen plain(PrintWriter out, Map<String, String> environment) {
    return new Screen() {
      private boolean first = true;

      @Override
      public Size size() {
        return new Size(number(environment.get("COLUMNS"), 80), Integer.MAX_VALUE);
      }

      @Override
      public void show(List<String> lines) {
        if (!first) {
          out.println();
        }
        first = false;
        lines.forEach(out::println);
        out.flush();
      }

      @Override
      public boolean pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return out.checkError();
      }

      @Override
      public void close() {}
    };
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
