package org.uidnet.netd.accounting;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.Main;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.Patience;

/** The daemon as a process of its own, as {@code uidnet run} makes one. */
final class DaemonProcess implements AutoCloseable {
  private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));
  private static final long GLANCE_NANOS = 5_000_000;

  private final Process process;
  private final Path directory;
  private final File output;

  private DaemonProcess(Process process, Path directory, File output) {
    this.process = process;
    this.directory = directory;
    this.output = output;
  }

  /** Starts it; it is not ready yet. */
  static DaemonProcess start(Path cgroup, Path bpffs, Path directory) throws IOException {
    File output = directory.resolve("output.txt").toFile();
    return start(List.of(), cgroup, bpffs, directory, directory, output);
  }

  /** The same with its files on a disk that only it sees. */
  static DaemonProcess start(Path cgroup, Path bpffs, PrivateDisk disk) throws IOException {
    File output = Files.createTempFile("uidnet-daemon", ".txt").toFile();
    output.deleteOnExit();
    return start(disk.entering(), cgroup, bpffs, disk.inside(), disk.outside(), output);
  }

  private static DaemonProcess start(
      List<String> prefix, Path cgroup, Path bpffs, Path inside, Path directory, File output)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
    command.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(List.of("-cp", ClassPath.OF_JARS, Main.class.getName()));
    command.addAll(List.of("run", "--http", "none", "--inputs", "none", "--poll-interval", "1s"));
    command.addAll(List.of("--cgroup", cgroup.toString(), "--bpffs", bpffs.toString()));
    command.addAll(List.of("--state-dir", inside.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
    return new DaemonProcess(process, directory, output);
  }

  UidnetClient client() {
    return UidnetClient.overSocket(directory.resolve("api.sock"));
  }

  /** Returns when it answers. */
  void awaitReady() {
    long start = System.nanoTime();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("the daemon does not answer: " + output());
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private boolean answers() {
    try {
      client().health();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** SIGSTOP: it gets no processor until it is resumed. */
  void suspend() {
    Commands.line("kill -STOP %d", pid());
  }

  void resume() {
    Commands.line("kill -CONT %d", pid());
  }

  /** It can open nothing more until they are freed. */
  void exhaustDescriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      limitDescriptors(open.count());
    }
  }

  void freeDescriptors() {
    limitDescriptors(4096);
  }

  /** The soft limit; a number that is open already stays open. */
  private void limitDescriptors(long most) {
    Commands.line("prlimit --pid %d --nofile=%d:", pid(), most);
  }

  /** SIGKILL; returns when it is dead. */
  void kill() {
    if (!process.isAlive()) {
      throw new AssertionError("the daemon ended by itself: " + output());
    }
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; returns when it has ended well. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the daemon does not end: " + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What it has printed. */
  String output() {
    try {
      return Files.readString(output.toPath(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }
}
