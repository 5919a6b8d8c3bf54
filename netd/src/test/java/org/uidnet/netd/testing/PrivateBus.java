package org.uidnet.netd.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A message bus of its own, with services that python3-dbusmock plays. Everything that was started
 * is killed in the end.
 */
public final class PrivateBus implements AutoCloseable {
  private static final Path DAEMON = Path.of("/usr/bin/dbus-daemon");
  private static final Path SEND = Path.of("/usr/bin/dbus-send");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path MOCKS = Path.of("/usr/lib/python3/dist-packages/dbusmock");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long GLANCE_NANOS = 20_000_000;

  private static final String CONFIGURATION =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>session</type>
        <listen>%s</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """;

  private final Path directory;
  private final Map<String, Process> services = new HashMap<>();
  private Process daemon;

  private PrivateBus(Path directory) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve("bus.conf"), CONFIGURATION.formatted(address()));
    daemon = startDaemon();
  }

  /** Runs already; its files are in that directory, which should have a short name. */
  public static PrivateBus in(Path directory) throws IOException {
    assumeTrue(Files.exists(DAEMON) && Files.exists(SEND), "needs Debian's package dbus");
    assumeTrue(Files.exists(MOCKS), "needs Debian's package python3-dbusmock");
    return new PrivateBus(directory);
  }

  public String address() {
    return "unix:path=" + directory.resolve("bus.sock");
  }

  /** It tells its address once it listens. */
  private Process startDaemon() throws IOException {
    Process process =
        new ProcessBuilder(
                DAEMON.toString(),
                "--nofork",
                "--nopidfile",
                "--config-file=" + directory.resolve("bus.conf"),
                "--print-address=1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    if (output.readLine() == null) {
      throw new AssertionError("dbus-daemon ended with " + kill(process));
    }
    return process;
  }

  /** With all services, which end when their bus does. */
  public void kill() throws IOException {
    services.values().forEach(PrivateBus::kill);
    services.clear();
    kill(daemon);
    Files.deleteIfExists(directory.resolve("bus.sock"));
  }

  /** The bus again, at the same address, without services. */
  public void restart() throws IOException {
    kill();
    daemon = startDaemon();
  }

  /**
   * Starts a service; returns when it is on the bus.
   *
   * @param template a name that dbusmock knows it by
   * @param busName the name that it has on the bus
   * @param parameters of the template, as JSON
   */
  public void start(String template, String busName, String parameters) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            PYTHON.toString(), "-m", "dbusmock", "--template", template, "-p", parameters);
    builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", address());
    Path output = directory.resolve(template + ".txt");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    services.put(template, process);
    long start = System.nanoTime();
    while (!has(busName)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(template + " is not on the bus: " + Files.readString(output));
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  /** SIGKILL to that service. */
  public void kill(String template) {
    kill(services.remove(template));
  }

  private boolean has(String busName) {
    return call(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            "string:" + busName)
        .endsWith("true");
  }

  /**
   * Calls a method; answers what it answers.
   *
   * @param arguments as dbus-send takes them: {@code string:wlan0}
   */
  public String call(String service, String path, String method, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                SEND.toString(),
                "--bus=" + address(),
                "--print-reply=literal",
                "--dest=" + service));
    command.addAll(List.of(path, method));
    command.addAll(List.of(arguments));
    return Commands.run(command.toArray(String[]::new));
  }

  /**
   * Changes a property of a service, which tells so.
   *
   * @param value as dbus-send takes it: {@code boolean:true}
   */
  public void set(String service, String path, String iface, String property, String value) {
    call(
        service,
        path,
        "org.freedesktop.DBus.Properties.Set",
        "string:" + iface,
        "string:" + property,
        "variant:" + value);
  }

  /** Gives an object of a service a property that its template does not have. */
  public void add(String service, String path, String iface, String property, String value) {
    call(
        service,
        path,
        "org.freedesktop.DBus.Mock.AddProperty",
        "string:" + iface,
        "string:" + property,
        "variant:" + value);
  }

  private static int kill(Process process) {
    try {
      return process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    Stream.concat(services.values().stream(), Stream.of(daemon)).forEach(PrivateBus::kill);
  }
}
