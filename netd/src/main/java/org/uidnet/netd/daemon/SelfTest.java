package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.uidnet.api.model.DaemonStatus.Program;
import org.uidnet.netd.kernel.Attachment;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.kernel.Handover;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.Loader;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.kernel.NotPermittedException;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.ThrowAwayCgroup;
import org.uidnet.netd.kernel.ThrowAwayPins;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * Counts a known number of packets: loads the programs as the daemon does, attaches them to a
 * throw-away cgroup, lets a child process in it send over loopback, and compares. Leaves nothing.
 */
public final class SelfTest {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long GLANCE_NANOS = 2_000_000;
  private static final int RUNS = 100_000;
  private static final List<String> PACKET_PROGRAMS = List.of("uidnet_egress", "uidnet_ingress");
  private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");

  private static final Handover NOTHING_TO_KEEP =
      new Handover() {
        @Override
        public void prepare(RuleMaps fresh) {}

        @Override
        public void retire(Datapath counted) {}
      };

  /** How it ended. */
  public sealed interface Outcome {}

  /**
   * It ran to the end.
   *
   * @param leftOut what could not be tested here, and why
   */
  public record Counted(Path cgroup, List<Flow> flows, List<Cost> costs, List<String> leftOut)
      implements Outcome {
    public Counted {
      flows = List.copyOf(flows);
      costs = List.copyOf(costs);
      leftOut = List.copyOf(leftOut);
    }

    public boolean isExact() {
      return flows.stream().allMatch(Flow::isExact);
    }
  }

  /**
   * It could not run.
   *
   * @param why what was tried, why it failed, what to do
   * @param notPermitted whether this process may not, rather than this kernel cannot
   */
  public record Failed(String why, boolean notPermitted) implements Outcome {}

  /**
   * One UID's packets over one protocol.
   *
   * @param sent by the UID and to it, from the network header on
   */
  public record Flow(long uid, String family, Traffic sent, Traffic counted) {
    public boolean isExact() {
      return sent.equals(counted);
    }
  }

  /** What one run of a program takes, as the kernel measures it. */
  public record Cost(String program, int nanoseconds) {}

  private final ProgramObject object = ProgramObject.load();
  private final List<Flow> flows = new ArrayList<>();
  private final List<Cost> costs = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private SelfTest() {}

  /** Runs below this cgroup, or below the root. */
  public static Outcome run(Optional<Path> parent) {
    CountDownLatch clean = new CountDownLatch(1);
    Thread hook = new Thread(() -> awaitCleaning(clean), "uidnet-check-cleaning");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return new SelfTest().below(parent);
    } catch (NotPermittedException e) {
      return new Failed(String.valueOf(e.getMessage()), true);
    } catch (KernelException | DatapathException | UncheckedIOException e) {
      return new Failed(String.valueOf(e.getMessage()), false);
    } catch (SysException e) {
      return failed(e);
    } finally {
      clean.countDown();
    }
  }

  /**
   * Ctrl-C reaches the child too, which ends the test; the JVM must last until that is cleaned up.
   */
  private static void awaitCleaning(CountDownLatch clean) {
    try {
      clean.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Failed failed(SysException e) {
    boolean notPermitted = e.errno() == Errno.EPERM;
    String remedy = notPermitted ? ". Run it as root: sudo uidnet check" : "";
    return new Failed(e.getMessage() + remedy, notPermitted);
  }

  private Counted below(Optional<Path> parent) {
    Cgroup chosen = Cgroup.of(parent, Mounts.read());
    try (ThrowAwayCgroup place = ThrowAwayCgroup.below(chosen);
        ThrowAwayPins pins = ThrowAwayPins.make();
        Attachment attachment = loader(place.cgroup(), pins).attach(NOTHING_TO_KEEP)) {
      exchange(place.cgroup().path(), attachment.datapath());
      measure(attachment, place.cgroup());
      attachment.stop(NOTHING_TO_KEEP);
      return new Counted(place.cgroup().path(), flows, costs, leftOut);
    }
  }

  /** As the daemon does, so that what is too large for this host shows here. */
  private Loader loader(Cgroup cgroup, ThrowAwayPins pins) {
    boolean cookies = new Probe(object).namespaceCookies().isYes();
    Limits limits = Limits.ofHost(Cpus.possible(), cookies);
    return new Loader(object, limits, cgroup, pins.bpffs(), Clock.systemUTC());
  }

  private void exchange(Path cgroup, Datapath datapath) {
    TestUids uids = TestUids.ofProcess();
    ADDRESSES.forEach(address -> exchange(address, cgroup, datapath, uids));
    leftOut.addAll(uids.leftOut());
    if (flows.isEmpty()) {
      throw new KernelException(
          "the self-test has no loopback to send over ("
              + String.join("; ", leftOut)
              + "): ip link set lo up");
    }
  }

  private void exchange(String address, Path cgroup, Datapath datapath, TestUids uids) {
    try (LoopbackTraffic traffic = new LoopbackTraffic(address)) {
      for (TestUids.Sender sender : uids.senders()) {
        flows.add(flow(traffic, cgroup, sender, datapath));
      }
    } catch (IOException e) {
      leftOut.add("%s: there is none here: %s".formatted(address, e.getMessage()));
    }
  }

  private static Flow flow(
      LoopbackTraffic traffic, Path cgroup, TestUids.Sender sender, Datapath datapath) {
    Traffic before = counted(datapath, sender.uid());
    Traffic sent =
        traffic.exchange(
            cgroup,
            sender.become(),
            expected -> awaitCounted(datapath, sender.uid(), before.plus(expected)));
    Traffic counted = counted(datapath, sender.uid()).minus(before);
    return new Flow(sender.uid(), traffic.family(), sent, counted);
  }

  /** Packets may be delivered a little after they were sent; nothing tells when but looking. */
  private static void awaitCounted(Datapath datapath, long uid, Traffic expected) {
    long start = System.nanoTime();
    while (!counted(datapath, uid).equals(expected) && System.nanoTime() - start < PATIENCE_NANOS) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private static Traffic counted(Datapath datapath, long uid) {
    Traffic sum = Traffic.NONE;
    for (int slot = 1; slot <= datapath.control().slotsEverUsed(); slot++) {
      if (datapath.slotKeys().state(slot) == SlotState.LIVE
          && datapath.slotKeys().id(slot).uid() == uid) {
        sum = sum.plus(datapath.slots().read(slot).wire());
      }
    }
    return sum;
  }

  private void measure(Attachment attachment, Cgroup cgroup) {
    try {
      programs(attachment, cgroup)
          .filter(program -> PACKET_PROGRAMS.contains(program.name()))
          .forEach(this::measure);
    } catch (SysException e) {
      leftOut.add("what a packet costs: " + e.getMessage());
    }
  }

  private static Stream<Program> programs(Attachment attachment, Cgroup cgroup) {
    return KernelInventory.of(attachment.linkIds(), cgroup.path(), attachment.datapath().control())
        .programs()
        .stream();
  }

  private void measure(Program program) {
    try (Fd loaded = Bpf.program((int) program.id()).orElse(null)) {
      if (loaded != null) {
        Bpf.testRun(loaded, packet(), RUNS); // the first packet finds its slot, caches get warm
        costs.add(new Cost(program.name(), Bpf.testRun(loaded, packet(), RUNS).nanoseconds()));
      }
    }
  }

  /** An Ethernet frame with 64 bytes in UDP over IPv4. */
  private static byte[] packet() {
    ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + 64);
    frame.putShort(12, (short) 0x0800);
    frame.put(14, (byte) 0x45).putShort(16, (short) 92).put(22, (byte) 64).put(23, (byte) 17);
    frame.putInt(26, 0x7f000001).putInt(30, 0x7f000001).putShort(38, (short) 72);
    return frame.array();
  }
}
