package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The UIDs that the self-test sends as: the caller's own and, where it may become them, two that
 * nobody has. They are counted in different ways.
 */
final class TestUids {
  /** Between systemd's dynamic users and nobody. */
  private static final long BELOW_65536 = 65_530;

  private static final long LARGE = 4_000_000_001L;

  private final List<Sender> senders = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * One UID.
   *
   * @param become words before a command that make it run as this UID
   */
  record Sender(long uid, List<String> become) {}

  private TestUids() {}

  static TestUids ofProcess() {
    TestUids uids = new TestUids();
    uids.senders.add(new Sender(own(), List.of()));
    uids.tryOther(BELOW_65536);
    uids.tryOther(LARGE);
    return uids;
  }

  private static long own() {
    try {
      return Integer.toUnsignedLong((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self; is /proc mounted?", e);
    }
  }

  private void tryOther(long uid) {
    String id = Long.toString(uid);
    List<String> become = List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups");
    try {
      String refusal = refusal(become);
      if (refusal.isEmpty()) {
        senders.add(new Sender(uid, become));
      } else {
        leftOut.add("UID " + uid + ": cannot become it: " + refusal);
      }
    } catch (IOException e) {
      leftOut.add("UID " + uid + ": no setpriv (package util-linux) here");
    }
  }

  private static String refusal(List<String> become) throws IOException {
    List<String> command = new ArrayList<>(become);
    command.addAll(List.of("bash", "-c", "true"));
    Process process = LoopbackTraffic.builder(command).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? "" : said.strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  List<Sender> senders() {
    return senders;
  }

  /** Which UIDs are not among them, and why. */
  List<String> leftOut() {
    return leftOut;
  }
}
