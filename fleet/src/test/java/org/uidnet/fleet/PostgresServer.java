package org.uidnet.fleet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own, on a port of loopback and in a directory of its own; not the one of this
 * host. Runs as a user that is not root.
 */
final class PostgresServer implements AutoCloseable {
  private static final String USER = "uidnet";
  private static final String PASSWORD = "a secret";
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path directory;
  private final int port;

  private PostgresServer(Path bin, Path directory, int port) {
    this.bin = bin;
    this.directory = directory;
    this.port = port;
  }

  /** Skips the test where there is none. */
  static PostgresServer start() throws IOException, InterruptedException {
    Optional<Path> bin = bin();
    assumeTrue(bin.isPresent(), "needs PostgreSQL: apt-get install postgresql");
    PostgresServer server =
        new PostgresServer(bin.get(), Files.createTempDirectory("uidnet-postgres"), freePort());
    try {
      server.make();
      server.restart();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Optional<Path> bin() throws IOException {
    if (!Files.isDirectory(PROGRAMS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PROGRAMS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.naturalOrder());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void make() throws IOException, InterruptedException {
    Files.writeString(passwordFile(), PASSWORD + "\n");
    if (isRoot()) {
      run(List.of("chown", "-R", "postgres:postgres", directory.toString()));
    }
    runAsUser(
        "initdb",
        "-A",
        "scram-sha-256",
        "-U",
        USER,
        "--pwfile=" + passwordFile(),
        "--no-sync",
        "-D",
        data().toString());
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** It may still be cleaning up after a kill: then it is tried again. */
  void restart() throws IOException, InterruptedException {
    String options =
        "-c port=%d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
            .formatted(port);
    for (int attempt = 0; attempt < 50; attempt++) {
      if (tryToRun(
              command(
                  "pg_ctl",
                  "-w",
                  "-D",
                  data().toString(),
                  "-o",
                  options,
                  "-l",
                  directory.resolve("log").toString(),
                  "start"))
          == 0) {
        return;
      }
    }
    throw new IOException(
        "PostgreSQL does not start: " + Files.readString(directory.resolve("log")));
  }

  /** All at once, with whatever they were doing. The kernel goes on: it needs no fsync. */
  void kill() throws IOException {
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  private List<ProcessHandle> processes() throws IOException {
    Path file = data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return List.of();
    }
    long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
    return ProcessHandle.of(pid)
        .map(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.children()).toList())
        .orElse(List.of());
  }

  PostgresTarget target() {
    return PostgresTarget.parse("postgresql://%s@127.0.0.1:%d/postgres".formatted(USER, port));
  }

  Path passwordFile() {
    return directory.resolve("password");
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(target().jdbcUrl(), USER, PASSWORD);
  }

  /** The rows of an answer, as text. */
  List<List<String>> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(values(row));
      }
      return rows;
    }
  }

  private static List<String> values(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      values.add(String.valueOf(row.getString(column)));
    }
    return values;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private void runAsUser(String program, String... arguments)
      throws IOException, InterruptedException {
    run(command(program, arguments));
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    if (tryToRun(command) != 0) {
      throw new IOException(command + ": " + Files.readString(directory.resolve("output")));
    }
  }

  private int tryToRun(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start()
        .waitFor();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> processes = processes();
    kill();
    processes.forEach(process -> process.onExit().join());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
