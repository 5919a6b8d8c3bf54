package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.Main;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.sys.Mounting;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.object.ProgramObject;

/**
 * {@code uidnet run} where it cannot work, as a process of its own: what it says, how it ends, and
 * that it leaves nothing. Always with {@code --cgroup}: other tests share this host.
 */
@KernelTest
class StartErrorsTest {
  private static final int SECONDS = 60;
  private static final String UID = "65533";

  @TempDir Path dir;
  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private Path state;

  @BeforeEach
  void makeDirectories() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    state = Files.createDirectory(dir.resolve("state"));
  }

  @AfterEach
  void leavePlace() {
    List<Path> mounted = mounted();
    mounted.forEach(Mounting::unmount);
    try (cgroup;
        bpffs) {
      assertThat(mounted).isEmpty();
      assertThat(cgroup.links()).isEmpty();
      assertThat(bpffs.files()).isEmpty();
      assertThat(state.resolve("api.sock")).doesNotExist();
    }
  }

  private List<Path> mounted() {
    return Mounts.read().all().stream()
        .map(Mounts.Mount::point)
        .filter(point -> point.startsWith(dir))
        .toList();
  }

  /** As root without any capability: UID 0 as such counts for nothing. */
  @Test
  void run_rootWithoutCapabilities_notPermitted() throws Exception {
    Ended ended = start(run(), "setpriv", "--bounding-set=-all", "--inh-caps=-all").end();

    ended.assertFailed(
        ExitCode.NOT_PERMITTED,
        "uidnet run: cannot load and attach programs: this process has no CAP_BPF, CAP_NET_ADMIN,"
            + " CAP_PERFMON. Run it as root (sudo uidnet run), or give the service"
            + " AmbientCapabilities=CAP_BPF CAP_NET_ADMIN CAP_PERFMON\n");
  }

  /** The capability that is left lets it read the classes in a home that is not its own. */
  @Test
  void run_otherUser_notPermitted() throws Exception {
    own(state);
    Ended ended = start(run(), user("dac_read_search")).end();

    ended.assertFailed(ExitCode.NOT_PERMITTED);
    assertThat(ended.err).contains("this process has no CAP_BPF, ", "sudo uidnet run");
  }

  @Test
  void run_userNamespace_notPermitted() throws Exception {
    Ended ended = start(run(), "unshare", "--user", "--map-root-user").end();

    ended.assertFailed(ExitCode.NOT_PERMITTED);
    assertThat(ended.err)
        .contains("cannot load and attach the programs: ", "EPERM", "as root of the host");
  }

  @Test
  void run_noCgroup2_saysHowToMountIt() throws Exception {
    Ended ended = inMounts("umount -a -t cgroup2", run());

    ended.assertFailed(ExitCode.FAILED);
    assertThat(ended.err)
        .contains(
            "no cgroup v2 file system is mounted here: ",
            "mount -t cgroup2 none /sys/fs/cgroup/unified");
  }

  /** What failed is named first, then that this kernel is too old anyway. */
  @Test
  void run_oldKernel_saysWhichItNeeds() throws Exception {
    Path release = Files.writeString(dir.resolve("osrelease"), "5.10.200\n");
    Ended ended =
        inMounts(
            "umount -a -t cgroup2 && mount --bind " + release + " /proc/sys/kernel/osrelease",
            run());

    ended.assertFailed(ExitCode.FAILED);
    assertThat(ended.err)
        .contains(
            "kernel version: no, needs Linux 5.15, this is 5.10.200 (Linux 5.15 or newer)."
                + " Install a newer kernel.");
  }

  @Test
  void run_bpffsCannotBeMounted_notPermitted() throws Exception {
    Path pins = dir.resolve("pins");
    Ended ended =
        start(run("--bpffs", pins.toString()), "setpriv", "--bounding-set=-sys_admin").end();

    ended.assertFailed(ExitCode.NOT_PERMITTED);
    assertThat(ended.err)
        .contains(
            "cannot mount a bpf file system on " + pins + ", where the pins are to be: ",
            "EPERM (a capability is missing)",
            "Mount one (`mount -t bpf bpf /sys/fs/bpf`, needs CAP_SYS_ADMIN) or name a directory"
                + " of one by --bpffs");
    assertThat(pins).doesNotExist();
  }

  @Test
  void run_cgroupThatIsNotThere_saysWhereOneCanBe() throws Exception {
    Path none = cgroup.path().resolve("none");
    Ended ended = start(run("--cgroup", none.toString())).end();

    ended.assertFailed(
        ExitCode.FAILED,
        "uidnet run: cgroup %s is not a directory: create it (`mkdir`) below %s or name another one\n"
            .formatted(none, cgroup.path().getParent()));
  }

  @Test
  void run_cgroupElsewhere_saysWhereOneCanBe() throws Exception {
    Ended ended = start(run("--cgroup", dir.toString())).end();

    ended.assertFailed(
        ExitCode.FAILED,
        "uidnet run: cgroup %s is not on a cgroup v2 file system: name a directory below %s\n"
            .formatted(dir, cgroup.path().getParent()));
  }

  @Test
  void run_portInUse_saysHowToChooseAnother() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String http = "127.0.0.1:" + other.getLocalPort();
      Ended ended = start(run("--http", http)).end();

      ended.assertFailed(
          ExitCode.FAILED,
          "uidnet run: cannot listen on %s: Address already in use. If another program uses that port, choose another with --http 127.0.0.1:PORT\n"
              .formatted(http));
    }
  }

  /** Mounts a bpf file system of its own, and takes it away again. */
  @Test
  void run_portInUseAndOwnBpffs_unmounted() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String http = "127.0.0.1:" + other.getLocalPort();
      String pins = dir.resolve("pins").toString();
      start(run("--http", http, "--bpffs", pins)).end().assertFailed(ExitCode.FAILED);
    }
  }

  /** Rules are in force and the kernel counts without a history. */
  @Test
  void run_databaseHeld_startsAndSaysByWhom() throws Exception {
    Path file = Files.write(history(), new byte[8192]);
    FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
    other.lock();
    try (Started daemon = start(run())) {
      daemon.awaitReady();

      assertThat(daemon.client().health().problems())
          .containsExactly(
              "snapshot not stored, counters go on in the kernel meanwhile: history %s is held by another process; stop the other uidnet, or choose another --state-dir"
                  .formatted(file));
      other.close();
      daemon.stop();
    }
    assertThat(cgroup.links()).isEmpty();
  }

  @Test
  void run_databaseOfAnotherUser_saysWhatToDo() throws Exception {
    makeHistory("CREATE TABLE ANYTHING (ID INT)");
    Files.setPosixFilePermissions(history(), PosixFilePermissions.fromString("rw-------"));
    own(state);
    Path pins = dir.resolve("pins");
    own(Files.createDirectory(pins));
    Ended ended =
        start(
                run("--bpffs", pins.toString()),
                user("dac_read_search,+bpf,+net_admin,+perfmon,+sys_admin"))
            .end();

    ended.assertFailed(ExitCode.FAILED);
    assertThat(ended.err)
        .contains("history " + history(), "belongs to another user", "--state-dir");
  }

  @Test
  void run_databaseDamaged_setAsideAndSaid() throws Exception {
    byte[] damaged = new byte[65536];
    new Random(1).nextBytes(damaged);
    Files.write(history(), damaged);
    try (Started daemon = start(run())) {
      daemon.awaitReady();

      var health = daemon.client().health();
      assertThat(health.problems()).hasSize(1);
      assertThat(health.problems().get(0))
          .startsWith("history " + history() + " was damaged: set aside as " + history())
          .endsWith(", began anew");
      assertThat(setAside()).hasSize(1);
      assertThat(setAside().get(0)).hasBinaryContent(damaged);
      daemon.stop();
    }
    assertThat(cgroup.links()).isEmpty();
  }

  @Test
  void run_databaseOfNewerVersion_refused() throws Exception {
    makeHistory(
        "CREATE TABLE \"flyway_schema_history\" (\"version\" VARCHAR, \"success\" BOOLEAN)",
        "INSERT INTO \"flyway_schema_history\" VALUES ('99', TRUE)");

    start(run())
        .end()
        .assertFailed(
            ExitCode.FAILED,
            "uidnet run: history %s has schema 99, made by a newer uidnet; this one knows up to 8 and leaves it untouched: use the newer one, or choose another --state-dir\n"
                .formatted(history()));
    assertThat(setAside()).isEmpty();
  }

  @Test
  void run_stateDirectoryReadOnly_saysSo() throws Exception {
    Ended ended =
        inMounts("mount --bind %1$s %1$s && mount -o remount,ro,bind %1$s".formatted(state), run());

    ended.assertFailed(
        ExitCode.FAILED,
        "uidnet run: cannot keep files in %s: not writable for this user, or on a read-only file system. Make it a directory that this user can write to, or name another with --state-dir\n"
            .formatted(state));
  }

  @Test
  void run_stateDirectoryIsAFile_saysSo() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    start(run("--state-dir", file.toString()))
        .end()
        .assertFailed(
            ExitCode.FAILED,
            "uidnet run: cannot keep files in %1$s: %1$s is no directory. Make it a directory that this user can write to, or name another with --state-dir\n"
                .formatted(file));
  }

  @Test
  void run_mistakes_allAtOnce() throws Exception {
    start(run("--poll-interval", "10x", "--http", "192.0.2.1:80", "--bogus"))
        .end()
        .assertFailed(
            ExitCode.BAD_USAGE,
            """
            uidnet run: 3 mistakes, nothing was done
              Invalid value for option '--poll-interval': '10x' is no duration; write 10s, 5m, 2h or 1d
              Invalid value for option '--http': uidnet listens on loopback only, not on '192.0.2.1': use 127.0.0.1 or [::1]. To reach it from elsewhere put a reverse proxy with TLS in front of it that passes on Authorization and sets Host to this address
              Unknown option: '--bogus'
            Try: uidnet run --help
            """);
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void run_unknownOption_badUsage() throws Exception {
    start(run("--bogus"))
        .end()
        .assertFailed(
            ExitCode.BAD_USAGE, "uidnet run: Unknown option: '--bogus'\nTry: uidnet run --help\n");
  }

  @Test
  void run_pinsOfRunningDaemon_refusedAndLeftAlone() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    try (Started daemon = start(run())) {
      daemon.awaitReady();
      var links = cgroup.links();
      var pins = bpffs.files();
      assertThat(links).hasSize(ProgramObject.load().programs().size());

      start(run("--state-dir", other.toString()))
          .end()
          .assertFailed(
              ExitCode.FAILED,
              "uidnet run: another uidnet uses the pins in %s: stop it first, or give this one a directory of its own by --bpffs\n"
                  .formatted(bpffs.point().resolve("uidnet")));

      assertThat(cgroup.links()).isEqualTo(links);
      assertThat(bpffs.files()).isEqualTo(pins);
      assertThat(daemon.client().health().problems()).isEmpty();
      daemon.stop();
    }
  }

  @Test
  void usage_noDaemon_saysHowToStartOne() throws Exception {
    start(List.of("usage", "--state-dir", state.toString()))
        .end()
        .assertFailed(
            ExitCode.NO_DAEMON,
            "uidnet usage: no daemon answers on %s (No such file or directory); start one: uidnet run, or name the directory of a running one with --state-dir DIR\n"
                .formatted(state.resolve("api.sock")));
  }

  private void makeHistory(String... statements) throws SQLException {
    String url = "jdbc:h2:file:" + state.resolve("history");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path history() {
    return state.resolve("history.mv.db");
  }

  private List<Path> setAside() throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      return files.filter(file -> file.toString().contains(".corrupt-")).toList();
    }
  }

  private static void own(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", Integer.parseInt(UID));
  }

  /** The command with what keeps it apart from others; later options come before earlier ones. */
  private List<String> run(String... options) {
    List<String> words = new ArrayList<>(List.of("run"));
    add(words, options, "--http", "none");
    add(words, options, "--inputs", "none");
    add(words, options, "--cgroup", cgroup.path().toString());
    add(words, options, "--bpffs", bpffs.point().resolve("uidnet").toString());
    add(words, options, "--state-dir", state.toString());
    words.addAll(List.of(options));
    return words;
  }

  private static void add(List<String> words, String[] options, String name, String value) {
    if (!List.of(options).contains(name)) {
      words.addAll(List.of(name, value));
    }
  }

  private static String[] user(String capabilities) {
    String set = "-all,+" + capabilities;
    return new String[] {
      "setpriv",
      "--reuid=" + UID,
      "--regid=" + UID,
      "--clear-groups",
      "--inh-caps=" + set,
      "--ambient-caps=" + set,
      "--bounding-set=" + set
    };
  }

  /** In a mount namespace of its own, after a script has changed it. */
  private static Ended inMounts(String script, List<String> arguments) throws Exception {
    return start(
            arguments,
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            script + " && exec \"$0\" \"$@\"")
        .end();
  }

  private static Started start(List<String> arguments, String... prefix) throws IOException {
    List<String> words = new ArrayList<>(List.of(prefix));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
    words.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(arguments);
    Path out = Files.createTempFile("uidnet", ".out");
    Path err = Files.createTempFile("uidnet", ".err");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    int directory = arguments.indexOf("--state-dir");
    return new Started(process, Path.of(arguments.get(directory + 1)), out, err);
  }

  /** One that runs; it is killed where a test fails before it ends. */
  private record Started(Process process, Path state, Path out, Path err) implements AutoCloseable {
    UidnetClient client() {
      return UidnetClient.overSocket(state.resolve("api.sock"));
    }

    void awaitReady() throws IOException {
      long start = System.nanoTime();
      while (!answers()) {
        if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(SECONDS)) {
          throw new AssertionError("the daemon does not answer: " + Files.readString(err));
        }
        LockSupport.parkNanos(20_000_000);
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

    void stop() throws InterruptedException {
      process.destroy();
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    Ended end() throws IOException, InterruptedException {
      try (this) {
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended by itself").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      }
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly().onExit().join();
      Files.delete(out);
      Files.delete(err);
    }
  }

  private record Ended(int code, String out, String err) {
    /** With this and nothing else. */
    void assertFailed(int expected, String message) {
      assertThat(err).isEqualTo(message);
      assertFailed(expected);
    }

    void assertFailed(int expected) {
      assertThat(code).as(err).isEqualTo(expected);
      assertThat(out).isEmpty();
      assertThat(err).startsWith("uidnet ").doesNotContain("\tat ", "Exception");
    }
  }
}
