package org.uidnet.netd.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.NetworkNamespace;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.Trace;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.kernel.UserNamespace;

/**
 * Generated packets through our packet programs, on generated contents of all maps, in the kernel
 * by its test-run facility and in the machine: same verdicts, and afterwards the same contents of
 * every map and the same packets traced. The sockets of test runs belong to UID 0 of their network
 * namespace, which is UID 65534 where the owner of the namespace has no UID 0; nobody has recorded
 * an owner for them.
 */
@KernelTest
@Timeout(180)
class PacketDifferenceTest {
  private static final int STATES = 2_000;
  private static final int PACKETS = 100;
  private static final int NAMESPACES_OF_A_STATE = 3;

  private static final ProgramObject OBJECT = ProgramObject.load();
  private static final int CPUS = Cpus.possible();

  /** Small, so that all that can run out does. */
  private static final List<Limits> LIMITS =
      Stream.of(
              new Limits(2, 1, 1, CPUS, true),
              new Limits(4, 2, 1, CPUS, true),
              new Limits(8, 3, 2, CPUS, true),
              new Limits(64, 8, 4, CPUS, true),
              new Limits(8, 4, 2, CPUS, false),
              new Limits(64, 512, 3, CPUS, false))
          .filter(limits -> HostKernel.hasNamespaceCookies() || !limits.namespaceCookies())
          .toList();

  private static final List<UserNamespace> HOST_USERS =
      List.of(UserNamespace.INITIAL, UserNamespace.INITIAL, UserNamespace.INITIAL);
  private static final List<UserNamespace> OTHER_USERS =
      List.of(
          UserNamespace.INITIAL,
          UserNamespace.ofRoot(10_123),
          UserNamespace.ofRoot(70_000),
          new UserNamespace(false, Map.of(20_000L, 1L)));

  /** 0 stands for the loopback interface, whose number is 1. */
  private static final int[] INTERFACES = {0, 1, 5, 6, 1_000_003};

  /** Root, nobody, and {@code UID_FOREIGN}. */
  private static final int[] UIDS = {0, 65_534, -1};

  @Test
  void programs_generatedPacketsAndStates_sameVerdictsAndMaps() {
    compare(HOST_USERS, STATES);
  }

  /** Where the UID helper translates. */
  @Test
  void programs_namespacesOfOtherUsers_sameVerdictsAndMaps() {
    assumeTrue(
        TestNamespace.canHaveUserNamespaces(), "needs user namespaces, which are refused here");
    compare(OTHER_USERS, STATES / 4);
  }

  private static void compare(List<UserNamespace> owners, int count) {
    Seed.announce("PacketDifferenceTest");
    int states = Seed.scaled(count);
    OwnThread.call(
        () -> {
          try (Scene scene = new Scene(owners)) {
            for (int state = 0; state < states; state++) {
              compare(scene, state);
            }
            System.out.printf(
                "%d states, %d packets, %d dropped, %d of GSO, %d traced, %d of them dropped, %d wakeups%n",
                states,
                scene.packets,
                scene.dropped,
                scene.segmented,
                scene.traced(packet -> true),
                scene.traced(packet -> packet.reason() != Layouts.REASON_NONE),
                scene.traced(Trace::wakeup));
            assertThat(scene.traced(packet -> packet.reason() != Layouts.REASON_NONE)).isPositive();
            assertThat(scene.traced(Trace::wakeup)).isPositive();
            return scene.packets;
          }
        });
  }

  private static void compare(Scene scene, int state) {
    Optional<String> difference = scene.run(state, false);
    if (difference.isPresent()) {
      // Once more, comparing after each packet, tells which one it was.
      String where =
          scene.run(state, true).orElse("does not differ again after\n" + difference.get());
      fail("state " + state + ": " + where);
    }
  }

  /** The namespaces, and both sides for all limits. Stays on the thread that made it. */
  private static final class Scene implements AutoCloseable {
    private final List<UserNamespace> owners;
    private final List<TestNamespace> namespaces = new ArrayList<>();
    private final List<Fd> entries = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final TestRun testRun = new TestRun();
    private final Skb skb = new Skb();
    private long packets;
    private long dropped;
    private long segmented;

    Scene(List<UserNamespace> owners) {
      this.owners = owners;
      try {
        owners.forEach(owner -> addNamespace(TestNamespace.ownedBy(owner)));
        LIMITS.forEach(limits -> pairs.add(new Pair(limits)));
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private void addNamespace(TestNamespace namespace) {
      namespaces.add(namespace);
      entries.add(namespace.open());
      IntStream.of(INTERFACES).filter(index -> index > 1).forEach(namespace::addInterface);
    }

    private List<Long> cookies() {
      return namespaces.stream().map(TestNamespace::cookie).toList();
    }

    long traced(Predicate<Trace> such) {
      return pairs.stream().mapToLong(pair -> pair.machine.traced(such)).sum();
    }

    /** How the two sides differ after a state's packets. */
    Optional<String> run(int state, boolean afterEach) {
      SplittableRandom random = Seed.of("states", state);
      Pair pair = pairs.get(random.nextInt(pairs.size()));
      int cpu = random.nextInt(CPUS);
      Calls.stayOn(cpu);
      long seed = random.nextLong();
      pair.fill(seed, cookies());
      PacketMaker maker = new PacketMaker(random.split(), INTERFACES);
      for (int i = 0; i < PACKETS; i++) {
        if (i % (PACKETS / NAMESPACES_OF_A_STATE) == 0) {
          pair.enter(random.nextInt(namespaces.size()));
        }
        Packet packet = maker.packet();
        Optional<String> difference = pair.differenceOn(packet, cpu);
        if (afterEach && difference.isEmpty()) {
          difference = Comparison.difference(pair.kernel, pair.machine);
        }
        if (difference.isPresent()) {
          return Optional.of(pair.describe(packet, i, cpu) + "\n" + difference.get());
        }
      }
      return Comparison.difference(pair.kernel, pair.machine);
    }

    @Override
    public void close() {
      testRun.close();
      pairs.forEach(Pair::close);
      entries.forEach(Fd::close);
      namespaces.forEach(TestNamespace::close);
    }

    /** Both sides with the same limits. */
    private final class Pair {
      private final Limits limits;
      private final KernelSide kernel;
      private final Fd ingress;
      private final Fd egress;
      private final MachineSide machine;
      private final Map<Integer, Socket> sockets = new HashMap<>();
      private int namespace;

      Pair(Limits limits) {
        this.limits = limits;
        kernel = new KernelSide(OBJECT, limits);
        ingress = kernel.program("uidnet_ingress");
        egress = kernel.program("uidnet_egress");
        machine = new MachineSide(OBJECT, limits);
      }

      void fill(long seed, List<Long> cookies) {
        for (Side side : List.of(kernel, machine)) {
          SplittableRandom random = new SplittableRandom(seed);
          new StateMaker(random, limits, cookies, INTERFACES, UIDS).fill(side);
        }
      }

      void enter(int number) {
        namespace = number;
        NetworkNamespace.enter(entries.get(number));
      }

      private Socket socket() {
        return sockets.computeIfAbsent(
            namespace,
            number -> {
              TestNamespace in = namespaces.get(number);
              return machine.unseenSocket(rootOf(owners.get(number)), in.simulated());
            });
      }

      Optional<String> differenceOn(Packet packet, int cpu) {
        testRun.packet(packet);
        int verdict = testRun.run(packet.egress() ? egress : ingress);
        skb.from(socket())
            .on(Math.max(1, packet.ifindex()))
            .carrying(packet.etherType(), packet.bytes(), packet.bytes().length)
            .segmented(packet.gsoSize(), packet.gsoSegments())
            .marked(packet.mark());
        boolean passed =
            packet.egress()
                ? machine.kernel().egress(skb, cpu)
                : machine.kernel().ingress(skb, cpu);
        packets++;
        dropped += 1 - verdict;
        segmented += packet.gsoSize() > 0 ? 1 : 0;
        return verdict == (passed ? 1 : 0)
            ? Optional.empty()
            : Optional.of("the kernel answers " + verdict + ", the machine " + passed);
      }

      String describe(Packet packet, int number, int cpu) {
        return "%s, CPU %d, namespace %d of %s, packet %d: %s"
            .formatted(limits, cpu, namespace, owners.get(namespace), number, packet);
      }

      void close() {
        kernel.close();
      }
    }
  }

  /** The host's UID that is 0 inside; any other if none is. */
  private static long rootOf(UserNamespace owner) {
    return owner.isInitial()
        ? 0
        : owner.uids().entrySet().stream()
            .filter(entry -> entry.getValue() == 0)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(4_000_000_000L);
  }
}
