package org.uidnet.netd.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The test client {@code traffic.c}, compiled once, where every UID can run it. Where there is no
 * compiler, {@code UIDNET_TRAFFIC} in the environment names the program.
 */
public final class Traffic {
  private static final Path PROGRAM =
      Optional.ofNullable(System.getenv("UIDNET_TRAFFIC"))
          .map(Path::of)
          .orElseGet(Traffic::compile);

  private final List<String> prefix = new ArrayList<>(List.of(PROGRAM.toString()));

  private Traffic() {}

  /** Traffic made in a cgroup. */
  public static Traffic in(Path cgroup) {
    return new Traffic().with("--cgroup", cgroup.toString());
  }

  /** Traffic made where the test itself is. */
  public static Traffic outside() {
    return new Traffic();
  }

  public Traffic as(long uid) {
    return with("--uid", Long.toString(uid));
  }

  public Traffic namespace(String name) {
    return with("--netns", "/run/netns/" + name);
  }

  /** In new user and network namespaces of its own, as {@code unshare -Urn} makes them. */
  public Traffic unshared() {
    return with("--unshare");
  }

  /** Sending over TCP or acknowledged UDP, rests so long after each 64 KB or 32 datagrams. */
  public Traffic pause(Duration rest) {
    return with("--pause", Long.toString(TimeUnit.NANOSECONDS.toMicros(rest.toNanos())));
  }

  private Traffic with(String... more) {
    Traffic copy = new Traffic();
    copy.prefix.clear();
    copy.prefix.addAll(prefix);
    copy.prefix.addAll(List.of(more));
    return copy;
  }

  /** Runs to the end; answers what it printed. */
  public String run(Object... command) {
    return Commands.run(words(command).toArray(String[]::new));
  }

  /** Starts a command that serves, or is held; returns once it listens, or could go on. */
  public Server serve(Object... command) {
    try {
      Process process =
          new ProcessBuilder(words(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Server server = new Server(process);
      server.awaitReady(words(command));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> words(Object... command) {
    List<String> words = new ArrayList<>(prefix);
    for (Object word : command) {
      words.add(word.toString());
    }
    return words;
  }

  private static Path compile() {
    try {
      Path directory = Files.createTempDirectory("uidnet-traffic");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path program = directory.resolve("traffic");
      Commands.run(
          "clang-14", "-O2", "-Wall", "-Werror", "src/test/c/traffic.c", "-o", program.toString());
      directory.toFile().deleteOnExit();
      program.toFile().deleteOnExit();
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A serving command; closing it kills what has not ended. */
  public static final class Server implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Server(Process process) {
      this.process = process;
      output = process.inputReader(StandardCharsets.UTF_8);
    }

    private void awaitReady(List<String> command) throws IOException {
      if (!"ready".equals(output.readLine())) {
        close();
        throw new AssertionError(command + " did not get ready");
      }
    }

    /** Of the process that serves. */
    public int pid() {
      return (int) process.pid();
    }

    /** Lets a command that is held go on, to its end. */
    public void release() {
      try (OutputStream input = process.getOutputStream()) {
        input.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      awaitEnd();
    }

    private void awaitEnd() {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new AssertionError("the held command failed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    /** Gives a command that reads lines one of them; answers the line that it prints. */
    public String ask(String line) {
      try {
        process.outputWriter().append(line).append('\n').flush();
        return String.valueOf(output.readLine());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for its end; answers the payload bytes it got. */
    public long bytes() {
      try {
        String line = output.readLine();
        if (line == null || !process.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError("the serving side failed");
        }
        return Long.parseLong(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
