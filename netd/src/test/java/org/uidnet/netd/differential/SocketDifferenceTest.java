package org.uidnet.netd.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.netd.differential.Operation.Kind;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;
import org.uidnet.simulator.kernel.UserNamespace;
import org.uidnet.simulator.maps.Contents;

/**
 * Real sockets of many UIDs, with our programs attached, beside a recorder. What the recorder saw
 * is replayed in the simulated kernel: same answers of the helpers, same owners recorded, same
 * callers and senders refused, same datagrams delivered, and in the end the same contents of every
 * map and the same packets traced.
 *
 * <p>All runs on one CPU, so the log has an order in which everything happened. One thing can spoil
 * it: an interrupt between recorder and programs that lets another packet through. The recorder
 * notices, and the round is made again.
 */
@KernelTest
@Timeout(180)
class SocketDifferenceTest {
  private static final int ROUNDS = 16;
  private static final int OPERATIONS = 600;
  private static final int TRIES = 3;

  private static final ProgramObject OBJECT = ProgramObject.load();
  private static final int CPUS = Cpus.possible();
  private static final List<Limits> LIMITS =
      Stream.of(
              new Limits(512, 64, 32, CPUS, true),
              new Limits(16, 3, 32, CPUS, true),
              new Limits(64, 4, 2, CPUS, true),
              new Limits(64, 16, 32, CPUS, false))
          .filter(limits -> HostKernel.hasNamespaceCookies() || !limits.namespaceCookies())
          .toList();

  private static final List<UserNamespace> HOST_USERS =
      List.of(
          UserNamespace.INITIAL,
          UserNamespace.INITIAL,
          UserNamespace.INITIAL,
          UserNamespace.INITIAL);
  private static final List<UserNamespace> OTHER_USERS =
      List.of(
          UserNamespace.INITIAL,
          UserNamespace.INITIAL,
          UserNamespace.ofRoot(10_123),
          new UserNamespace(false, Map.of(200_001L, 0L, 70_000L, 5L, 0L, 1000L)));

  private static Path directory = Path.of("");
  private static ProgramObject recorder = OBJECT;

  @BeforeAll
  static void compile() throws IOException {
    directory = Files.createTempDirectory("uidnet-differential");
    Commands.line("clang-14 -O2 -Wall -Werror src/test/c/sockets.c -o %s", client());
    Path object = directory.resolve("recorder.o");
    Commands.line(
        "clang-14 -target bpf -mcpu=v3 -O2 -g -Wall -Werror -I../cgroup-programs/src/main/bpf"
            + " -c src/test/c/recorder.bpf.c -o %s",
        object);
    Commands.line("llvm-strip-14 -g %s", object);
    recorder = ProgramObject.parse(Files.readAllBytes(object));
  }

  @AfterAll
  static void remove() throws IOException {
    Files.deleteIfExists(client());
    Files.deleteIfExists(directory.resolve("recorder.o"));
    Files.deleteIfExists(directory);
  }

  private static Path client() {
    return directory.resolve("sockets");
  }

  /** Namespaces that the daemon has not seen yet count as foreign, though their users are ours. */
  @Test
  void replay_socketsOfHostUsers_sameAnswersAndMaps() {
    compare("host users", HOST_USERS);
  }

  @Test
  void replay_socketsInUserNamespaces_sameAnswersAndMaps() {
    assumeTrue(
        TestNamespace.canHaveUserNamespaces(), "needs user namespaces, which are refused here");
    compare("other users", OTHER_USERS);
  }

  private static void compare(String name, List<UserNamespace> owners) {
    Seed.announce("SocketDifferenceTest");
    Totals totals = new Totals();
    int rounds = Seed.scaled(ROUNDS);
    for (int round = 0; round < rounds; round++) {
      try (Scene scene = new Scene(owners)) {
        inOrder(scene, name, round, totals);
      }
    }
    System.out.println(name + ": " + totals);
    assertThat(totals.operations).isGreaterThanOrEqualTo((long) rounds * OPERATIONS);
    assertThat(totals.refusals)
        .containsKeys(Kind.SOCKET, Kind.BIND, Kind.CONNECT, Kind.SEND, Kind.SENDTO);
    assertThat(totals.refusedCallers).isPositive();
    assertThat(totals.tagged).isPositive();
    assertThat(totals.chargedToOthers).isPositive();
    assertThat(totals.reasons)
        .containsKeys(
            Layouts.REASON_LOCKDOWN_VPN,
            Layouts.REASON_INGRESS_DISCARD,
            Layouts.REASON_LOCAL_NETWORK,
            Layouts.REASON_NO_INTERNET_PERMISSION,
            Layouts.REASON_BLOCKED_PORT);
  }

  private static void inOrder(Scene scene, String name, int round, Totals totals) {
    for (int i = 0; i < TRIES; i++) {
      if (new Round(scene, name, round).run(totals)) {
        return;
      }
      totals.repeated++;
    }
    fail("round %d of %s: interrupts spoilt the order %d times".formatted(round, name, TRIES));
  }

  /** What was done, for the reader of the log. */
  private static final class Totals {
    private long operations;
    private long packets;
    private long dropped;
    private final Map<Kind, Long> refusals = new EnumMap<>(Kind.class);
    private final Map<Integer, Long> reasons = new TreeMap<>();
    private long refusedCallers;
    private long traced;
    private long tagged;
    private long chargedToOthers;
    private long repeated;

    void add(Replay replay, MachineSide machine) {
      traced += machine.traced(packet -> true);
      tagged += machine.traced(packet -> packet.tag() != 0);
      chargedToOthers += machine.traced(packet -> packet.uid() != packet.owner());
      machine.contents("drops").entries().forEach(this::addReason);
      packets += replay.packets();
      dropped += replay.dropped();
      replay.refusals().forEach((kind, count) -> refusals.merge(kind, count, Long::sum));
      refusedCallers += replay.refusedCallers();
    }

    private void addReason(Contents.Entry drop) {
      int reason = view(drop.key()).getShort(Layouts.DROP_ID.offset("reason"));
      long count = view(drop.value()).getLong(Layouts.DROP.offset("packets"));
      reasons.merge(reason, count, Long::sum);
    }

    private static ByteBuffer view(Bytes bytes) {
      return ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.nativeOrder());
    }

    @Override
    public String toString() {
      return ("%d operations, %d packets, %d dropped, refused %s (%d not the owner's),"
              + " by reason %s, %d traced (%d of tagged sockets, %d not the owner's),"
              + " %d rounds repeated")
          .formatted(
              operations,
              packets,
              dropped,
              refusals,
              refusedCallers,
              reasons,
              traced,
              tagged,
              chargedToOthers,
              repeated);
    }
  }

  /** Namespaces joined in pairs. */
  private static final class Scene implements AutoCloseable {
    private final List<TestNamespace> namespaces = new ArrayList<>();

    Scene(List<UserNamespace> owners) {
      try {
        owners.forEach(owner -> namespaces.add(TestNamespace.ownedBy(owner)));
        Links.connect(namespaces);
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      namespaces.forEach(TestNamespace::close);
    }
  }

  /** One script, its log, and the replay. */
  private static final class Round {
    private final Scene scene;
    private final String name;
    private final int number;
    private final Limits limits;
    private final int cpu;
    private final long stateSeed;
    private final List<Operation> script;

    Round(Scene scene, String name, int number) {
      SplittableRandom random = Seed.of(name, number);
      this.scene = scene;
      this.name = name;
      this.number = number;
      limits = LIMITS.get(random.nextInt(LIMITS.size()));
      cpu = random.nextInt(CPUS);
      stateSeed = random.nextLong();
      script = new ScriptMaker(random.split(), scene.namespaces.size()).script(OPERATIONS);
    }

    /** False if the log has no order; then nothing was compared. */
    boolean run(Totals totals) {
      try (KernelSide kernel = new KernelSide(OBJECT, limits);
          KernelSide log = new KernelSide(recorder, limits)) {
        fill(kernel);
        makeTraffic(kernel, log);
        ByteBuffer state = log.memory("log_state");
        if (state.getInt(8) != 0) {
          return false;
        }
        List<Event> events = Event.read(log.memory("events"), state.getInt(0));
        compare(kernel, events, totals);
        totals.operations += script.size();
        return true;
      }
    }

    private void fill(Side side) {
      List<Long> cookies = scene.namespaces.stream().map(TestNamespace::cookie).toList();
      new PolicyMaker(new SplittableRandom(stateSeed), limits, cookies).fill(side);
    }

    private void makeTraffic(KernelSide kernel, KernelSide log) {
      try (TestCgroup cgroup = TestCgroup.create();
          TestBpffs pins = TestBpffs.mounted()) {
        Bpf.pin(kernel.map("socket_owner"), pins.point().resolve("socket_owner"));
        Bpf.pin(kernel.map("socket_tags"), pins.point().resolve("socket_tags"));
        Bpf.pin(log.map("log_state"), pins.point().resolve("log_state"));
        Bpf.pin(log.map("events"), pins.point().resolve("events"));
        List<Fd> links = attach(kernel, log, cgroup);
        try {
          runScript(cgroup, pins);
        } finally {
          links.forEach(Round::detach);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // for what is still running
    }

    /**
     * In this order they run. Those of one hook are attached and detached together, as packets may
     * still be sent again when the script has ended.
     */
    private static List<Fd> attach(KernelSide kernel, KernelSide log, TestCgroup cgroup) {
      List<Fd> links = new ArrayList<>();
      try (Fd directory = Fd.open(cgroup.path())) {
        for (ProgramSpec program : OBJECT.programs()) {
          String hook = program.name().replace("uidnet_", "");
          int type = program.attachType();
          links.add(Bpf.createLink(log.program("rec_" + hook), directory, type));
          links.add(Bpf.createLink(kernel.program(program.name()), directory, type));
          links.add(Bpf.createLink(log.program("end_" + hook), directory, type));
        }
        return links;
      } catch (RuntimeException e) {
        links.forEach(Round::detach);
        throw e;
      }
    }

    private static void detach(Fd link) {
      Bpf.detachLink(link);
      link.close();
    }

    private void runScript(TestCgroup cgroup, TestBpffs pins) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  client().toString(),
                  cgroup.path().toString(),
                  pins.point().toString(),
                  Integer.toString(cpu)));
      scene.namespaces.forEach(namespace -> command.add(namespace.path().toString()));
      try {
        Path lines = directory.resolve("script");
        Files.write(lines, script.stream().map(Operation::toString).toList());
        try {
          run(new ProcessBuilder(command).redirectInput(lines.toFile()));
        } finally {
          Files.delete(lines);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void run(ProcessBuilder client) throws IOException {
      Process process = client.redirectErrorStream(true).start();
      try {
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(new String(output, UTF_8)).isZero();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      } finally {
        process.destroyForcibly();
      }
    }

    private void compare(KernelSide kernel, List<Event> events, Totals totals) {
      MachineSide machine = new MachineSide(OBJECT, limits);
      fill(machine);
      Replay replay =
          new Replay(
              machine.kernel(),
              cpu,
              script,
              scene.namespaces.stream().map(TestNamespace::simulated).collect(Collectors.toList()));
      for (int i = 0; i < events.size(); i++) {
        Optional<String> difference = replay.difference(events.get(i));
        if (difference.isPresent()) {
          fail(describe(events.subList(0, i + 1), difference.get()));
        }
      }
      Comparison.difference(kernel, machine)
          .ifPresent(difference -> fail(describe(events, difference)));
      totals.add(replay, machine);
    }

    /** The whole story up to where it differs: each operation and what the hooks saw of it. */
    private String describe(List<Event> events, String difference) {
      StringJoiner lines = new StringJoiner("\n");
      lines.add("round %d of %s, CPU %d, %s".formatted(number, name, cpu, limits));
      for (Event event : events) {
        lines.add(
            event.kind() == Event.Kind.BEGIN
                ? script.get(event.operation()).toString()
                : event.toString());
      }
      return lines.add(difference).toString();
    }
  }
}
