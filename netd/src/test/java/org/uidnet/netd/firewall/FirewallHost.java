package org.uidnet.netd.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.model.VerdictReport;
import org.uidnet.firewall.Verdict.Effect;
import org.uidnet.firewall.Verdict.RefusedBy;
import org.uidnet.netd.Main;
import org.uidnet.netd.command.Context;
import org.uidnet.netd.command.Uidnet;
import org.uidnet.netd.testing.Patience;
import org.uidnet.netd.testing.PrivateBus;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.netd.testing.VethPair;

/**
 * A daemon as {@code uidnet run} makes one, in a process of its own, over clients at one end of a
 * wire; the servers at its other end are outside of its cgroup.
 */
public final class FirewallHost implements AutoCloseable {
  /** The UID that tests block, which no other test uses. */
  public static final long UID = 31_201;

  static final long OTHER = 31_202;

  /** For what will come. */
  static final int SOON = Patience.of(2000);

  /** Of the discard service, which is not served. */
  public static final int NOBODYS_PORT = 9;

  /** Those of the launcher. */
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms8m",
          "-Xmx64m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-Xss512k",
          "-XX:TieredStopAtLevel=1");

  private static final int VPN_PORT = 1194;
  private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));
  private static final long GLANCE_NANOS = 5_000_000;

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final Path directory;
  private final VethPair pair;
  private final List<AutoCloseable> open = new ArrayList<>();
  private List<String> prefix = List.of();
  private List<String> inputs = List.of("--inputs", "none");
  private List<String> tunnels = List.of();
  private Map<String, String> environment = Map.of();
  private Optional<Process> daemon = Optional.empty();

  private FirewallHost(String name, boolean offloads) throws IOException {
    directory = Files.createTempDirectory("uidnet-firewall");
    pair = new VethPair(name, 1500, offloads);
  }

  public static FirewallHost started(String name) throws IOException {
    return started(new FirewallHost(name, true));
  }

  /** On a wire whose devices count each segment with its headers. */
  static FirewallHost startedOverPlainWire(String name) throws IOException {
    return started(new FirewallHost(name, false));
  }

  /** The daemon's own network namespace is that of the clients. */
  static FirewallHost startedAmongClients(String name) throws IOException {
    return started(amongClients(name));
  }

  private static FirewallHost amongClients(String name) throws IOException {
    FirewallHost host = new FirewallHost(name, true);
    host.prefix = amongClients(host);
    return host;
  }

  private static List<String> amongClients(FirewallHost host) {
    return List.of("nsenter", "--net=/run/netns/" + host.pair.clientNamespace());
  }

  /** Besides, all of 10.78.0.0/24 is behind a VPN of that UID: see {@link #openVpn}. */
  static FirewallHost startedWithVpn(String name, long owner) throws IOException {
    FirewallHost host = new FirewallHost(name, false);
    host.prefix = amongClients(host);
    host.tunnels = List.of("--tunnels", "tun0=" + owner + ":veth0");
    host.makeTun(host.pair.clientNamespace(), 1);
    host.makeTun(host.pair.serverNamespace(), 2);
    return started(host);
  }

  private void makeTun(String namespace, int address) {
    pair.in(namespace, "ip tuntap add tun0 mode tun");
    pair.in(namespace, "sysctl -qw net.ipv6.conf.tun0.disable_ipv6=1");
    pair.in(namespace, "ip addr add 10.78.0.%d/24 dev tun0", address);
    pair.in(namespace, "ip link set tun0 mtu 1400 up"); // what it adds must fit, too
  }

  /** Both its ends, until the host is closed. */
  void openVpn(long owner) {
    open.add(serving().serve("tunnel", "tun0", 0, "10.77.0.1", VPN_PORT));
    open.add(traffic(0).serve("tunnel", "tun0", owner, serverAddress(), VPN_PORT));
  }

  /** Besides, it listens to services on that bus. */
  static FirewallHost startedListening(String name, PrivateBus bus) throws IOException {
    FirewallHost host = amongClients(name);
    host.inputs = List.of("--inputs", "upower,logind,networkmanager");
    host.environment = Map.of("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
    return started(host);
  }

  private static FirewallHost started(FirewallHost host) throws IOException {
    try {
      host.start();
      return host;
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
  }

  /** Sockets in the daemon's cgroup. */
  public Sockets clients() {
    return opened(new Sockets(Traffic.in(cgroup.path()).namespace(pair.clientNamespace())));
  }

  public Sockets servers() {
    return opened(new Sockets(Traffic.outside().namespace(pair.serverNamespace())));
  }

  private Sockets opened(Sockets sockets) {
    open.add(sockets);
    return sockets;
  }

  public String serverAddress() {
    return pair.serverAddress(false);
  }

  /** A program at the clients' end, in the daemon's cgroup. */
  Traffic traffic(long uid) {
    return Traffic.in(cgroup.path()).namespace(pair.clientNamespace()).as(uid);
  }

  /** A program at the servers' end. */
  Traffic serving() {
    return Traffic.outside().namespace(pair.serverNamespace());
  }

  /** What the clients' device carried so far, both ways. */
  long bytesOnWire() {
    return bytes(pair.counters(pair.clientNamespace()));
  }

  /** Both ways. */
  static long bytes(org.uidnet.programs.Traffic traffic) {
    return traffic.rxBytes() + traffic.txBytes();
  }

  /** A client's TCP connection to the server, and the server's end of it. */
  record Connection(Socket client, Socket server) implements AutoCloseable {
    void assertCarries() {
      assertThat(client.send(5)).isEqualTo("5");
      assertThat(server.receive(SOON)).isEqualTo("5");
    }

    @Override
    public void close() {
      client.reset();
      server.reset();
    }
  }

  Connection connect(Sockets clients, Socket listener, long uid) {
    Socket client = clients.open(uid, "tcp", false);
    assertThat(connect(client, listener)).isEqualTo("ok");
    return new Connection(client, listener.accept());
  }

  String connect(Socket client, Socket listener) {
    return client.connect(serverAddress(), listener.port(), SOON);
  }

  /** What a new connection of a UID meets. */
  String tryConnect(Sockets clients, Socket listener, long uid) {
    try (Socket client = clients.open(uid, "tcp", false)) {
      String answer = connect(client, listener);
      if (answer.equals("ok")) {
        listener.accept().reset();
      }
      return answer;
    }
  }

  /** What a connection meets that nobody would accept: ECONNREFUSED if it gets through. */
  String knock(Sockets clients, long uid) {
    try (Socket client = clients.open(uid, "tcp", false)) {
      return client.connect(serverAddress(), NOBODYS_PORT, SOON);
    }
  }

  /** Starts it; returns when it answers. */
  void start() throws IOException {
    startOnly();
    awaitReady();
  }

  /** Starts it; it is not ready yet. */
  void startOnly() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", "--http", "none"));
    command.addAll(inputs);
    command.addAll(tunnels);
    command.addAll(place());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    builder.environment().putAll(environment);
    daemon = Optional.of(builder.start());
  }

  private List<String> place() {
    return List.of(
        "--cgroup=" + cgroup.path(),
        "--bpffs=" + bpffs.point().resolve("uidnet"),
        "--state-dir=" + directory);
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  public UnixDomainSocketAddress apiSocket() {
    return UnixDomainSocketAddress.of(directory.resolve("api.sock"));
  }

  public UidnetClient client() {
    return UidnetClient.overSocket(apiSocket().getPath());
  }

  public <T> T send(ApiRequest<T> request) throws IOException {
    return client().send(request);
  }

  VerdictReport verdict(long uid, Map<String, String> whatIf) throws IOException {
    return send(ApiRequest.verdict(uid, whatIf));
  }

  /** By one chain alone, which the daemon tells how to lift. */
  void assertBlocked(long uid, Map<String, String> whatIf, RefusedBy by, String chain)
      throws IOException {
    VerdictReport verdict = verdict(uid, whatIf);
    assertThat(verdict.blocked()).isTrue();
    assertThat(verdict.refusedBy()).contains(by);
    assertThat(verdict.chain())
        .filteredOn(step -> step.effect() == Effect.BLOCKS)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.chain()).isEqualTo(chain);
              assertThat(verdict.reasons()).containsExactly(step.reason());
              assertThat(step.lift()).isPresent();
            });
  }

  /** A command to this daemon; answers its exit code. */
  int command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--state-dir=" + directory);
    return Uidnet.commandLine(Context.ofProcess()).execute(all.toArray(String[]::new));
  }

  /** {@code uidnet unload}; answers its exit code. */
  int unload() {
    List<String> all = new ArrayList<>(List.of("unload"));
    all.addAll(place());
    return Uidnet.commandLine(Context.ofProcess()).execute(all.toArray(String[]::new));
  }

  void awaitReady() throws IOException {
    long start = System.nanoTime();
    while (!answers()) {
      if (!process().isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("the daemon does not answer: " + Files.readString(output()));
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

  /** SIGKILL; returns when it is dead. */
  void kill() throws IOException {
    if (!process().isAlive()) {
      throw new AssertionError("the daemon ended by itself: " + Files.readString(output()));
    }
    process().destroyForcibly();
    awaitEnd();
  }

  private Process process() {
    return daemon.orElseThrow(() -> new AssertionError("no daemon was started"));
  }

  private void awaitEnd() {
    try {
      if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the daemon does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void assertNothingIsLeft() {
    assertThat(cgroup.links()).isEmpty();
    assertThat(bpffs.files()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    try (cgroup;
        bpffs;
        pair) {
      closeSockets();
      daemon.ifPresent(Process::destroyForcibly);
      daemon.ifPresent(process -> awaitEnd());
      assertThat(unload()).isZero();
    } finally {
      delete(directory);
    }
  }

  private void closeSockets() {
    for (AutoCloseable sockets : open) {
      try {
        sockets.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(FirewallHost::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
