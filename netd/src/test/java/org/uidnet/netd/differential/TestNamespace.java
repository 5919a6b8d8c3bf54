package org.uidnet.netd.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.testing.Commands;
import org.uidnet.simulator.kernel.UserNamespace;

/**
 * A network namespace of a test's own, owned by the host's users or by a user namespace of its own.
 * A sleeping process holds it; closing ends that process, and all is gone.
 */
final class TestNamespace implements AutoCloseable {
  private static final int TRIES = 2_000;
  private static final String HOLD_SECONDS = "300";

  private final UserNamespace owner;
  private final Process holder;
  private final long cookie;

  private TestNamespace(UserNamespace owner, Process holder) {
    this.owner = owner;
    this.holder = holder;
    try {
      awaitNamespace();
      mapUids();
      cookie = OwnThread.call(this::enteredCookie);
      run("ip link set lo up");
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Whether this machine lets root make user namespaces: some sandboxes and chroots do not. */
  static boolean canHaveUserNamespaces() {
    try {
      return new ProcessBuilder("unshare", "--user", "true").start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Makes one, with {@code lo} up. */
  static TestNamespace ownedBy(UserNamespace owner) {
    List<String> command = new ArrayList<>(List.of("unshare", "--net"));
    if (!owner.isInitial()) {
      command.add("--user");
    }
    command.addAll(List.of("sleep", HOLD_SECONDS));
    try {
      return new TestNamespace(
          owner,
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process has entered its namespaces when it has become another program. */
  private void awaitNamespace() {
    Path name = proc("comm");
    for (int i = 0; i < TRIES && holder.isAlive(); i++) {
      if (read(name).strip().equals("sleep")) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("could not make a network namespace owned by " + owner);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mapUids() {
    if (owner.isInitial() || owner.uids().isEmpty()) {
      return;
    }
    String lines =
        owner.uids().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey() + " 1\n")
            .sorted()
            .collect(Collectors.joining());
    try {
      Files.writeString(proc("uid_map"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long enteredCookie() {
    try (Fd namespace = open()) {
      NetworkNamespace.enter(namespace);
      return NetworkNamespace.cookie();
    }
  }

  /** Runs a command line of simple words inside. */
  void run(String line) {
    Commands.line("nsenter --net=%s %s", path(), line);
  }

  /** An interface with this number, and its peer with any. */
  void addInterface(int index) {
    run("ip link add a%d index %d type veth peer name b%d".formatted(index, index, index));
  }

  Fd open() {
    return Fd.open(path());
  }

  Path path() {
    return proc("ns/net");
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(holder.pid()), file);
  }

  long pid() {
    return holder.pid();
  }

  long cookie() {
    return cookie;
  }

  /** As the simulator has it. */
  org.uidnet.simulator.kernel.NetworkNamespace simulated() {
    return new org.uidnet.simulator.kernel.NetworkNamespace(cookie, owner);
  }

  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      if (!holder.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("process " + holder.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
