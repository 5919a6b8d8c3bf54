package org.uidnet.netd.accounting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.uidnet.netd.testing.Commands;

/**
 * A small disk in a mount namespace of its own, which a process holds: nothing is mounted where the
 * test or the host sees it, and all of it is gone when that process ends.
 */
final class PrivateDisk implements AutoCloseable {
  private static final String MOUNT =
      "mount -t tmpfs -o size=%s,mode=0711 uidnet-test \"$0\" && echo ready && exec sleep infinity";

  private final Process holder;
  private final Path point;

  private PrivateDisk(Process holder, Path point) {
    this.holder = holder;
    this.point = point;
  }

  /** Of a size as mount takes it, such as {@code 8m}. */
  static PrivateDisk of(String size) {
    try {
      Path point = Files.createTempDirectory("uidnet-disk").toRealPath();
      PrivateDisk disk = new PrivateDisk(hold(MOUNT.formatted(size), point), point);
      disk.awaitReady();
      return disk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process hold(String script, Path point) throws IOException {
    List<String> words = List.of("unshare", "--mount", "--propagation", "private", "sh", "-c");
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of(script, point.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void awaitReady() throws IOException {
    String line = holder.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"ready".equals(line)) {
      close();
      throw new AssertionError("no disk of its own: " + line);
    }
  }

  /** Its directory for who is in its namespace. */
  Path inside() {
    return point;
  }

  /** The same directory for everybody. */
  Path outside() {
    return Path.of("/proc/" + holder.pid() + "/root" + point);
  }

  /** What comes before a command that is to run in its namespace. */
  List<String> entering() {
    return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
  }

  /** Runs a shell script in its namespace, with its directory as {@code $0}. */
  void run(String script) {
    List<String> words = new ArrayList<>(entering());
    words.addAll(List.of("sh", "-c", script, point.toString()));
    Commands.run(words.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    holder.destroyForcibly().onExit().join();
    Files.delete(point);
  }
}
