package org.uidnet.netd.kernel;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.testing.ChildProcess;
import org.uidnet.netd.testing.EchoServer;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * A cgroup and a bpf file system for one test, and what is attached there. Close it after the test.
 */
final class Host implements AutoCloseable {
  static final int IP_AND_UDP = 28;
  static final ProgramObject OBJECT = ProgramObject.load();
  static final int PROGRAMS = OBJECT.programs().size();
  static final Limits LIMITS =
      new Limits(1024, 512, 64, Cpus.possible(), HostKernel.hasNamespaceCookies());

  final TestCgroup cgroup = TestCgroup.create();
  final TestBpffs bpffs = TestBpffs.mounted();
  final EchoServer echo = new EchoServer();
  final Recorder recorder = new Recorder();
  private final List<Attachment> attachments = new ArrayList<>();

  /** What was handed over. */
  static final class Recorder implements Handover {
    int prepared;
    final List<Counters> retired = new ArrayList<>();
    final List<SlotId> retiredKeys = new ArrayList<>();
    Optional<RuntimeException> refusal = Optional.empty();

    @Override
    public void prepare(RuleMaps fresh) {
      prepared++;
    }

    @Override
    public void retire(Datapath counted) {
      refusal.ifPresent(
          exception -> {
            throw exception;
          });
      retired.add(total(counted));
      retiredKeys.addAll(keys(counted));
    }
  }

  Attachment attach() {
    return attach(OBJECT, LIMITS);
  }

  Attachment attach(Limits limits) {
    return attach(OBJECT, limits);
  }

  Attachment attach(ProgramObject object) {
    return attach(object, LIMITS);
  }

  Attachment attach(ProgramObject object, Limits limits) {
    Attachment attachment =
        new Loader(object, limits, cgroup.cgroup(), bpffs.pins(), Clock.systemUTC())
            .attach(recorder);
    attachments.add(attachment);
    return attachment;
  }

  /** What is attached, attaching if nothing is. */
  Attachment attached() {
    return attachments.isEmpty() ? attach() : attachments.get(attachments.size() - 1);
  }

  Pins pins() {
    return new Pins(bpffs.pins().directory());
  }

  Unload.Report unload() {
    return new Unload(OBJECT, Optional.of(cgroup.cgroup()))
        .run(Bpffs.find(Optional.of(bpffs.pins().directory())));
  }

  /** The UID sends datagrams over loopback and gets each back. */
  void traffic(long uid, int datagrams, int payload) {
    ChildProcess.in(cgroup.path(), uid, echo.client(datagrams, payload)).run();
  }

  /** Everything that a UID is charged with, its overflow slot included. */
  static Counters usage(Datapath datapath, long uid) {
    Counters sum = Counters.NONE;
    for (int slot = 1; slot < datapath.slots().slots(); slot++) {
      if (datapath.slotKeys().state(slot) == SlotState.LIVE
          && datapath.slotKeys().id(slot).uid() == uid) {
        sum = sum.plus(datapath.slots().read(slot));
      }
    }
    return sum;
  }

  static Counters total(Datapath datapath) {
    Counters sum = Counters.NONE;
    for (int slot = 0; slot < datapath.slots().slots(); slot++) {
      sum = sum.plus(datapath.slots().read(slot));
    }
    return sum;
  }

  static List<SlotId> keys(Datapath datapath) {
    List<SlotId> keys = new ArrayList<>();
    for (int slot = 1; slot < datapath.slots().slots(); slot++) {
      if (datapath.slotKeys().state(slot) == SlotState.LIVE) {
        keys.add(datapath.slotKeys().id(slot));
      }
    }
    return keys;
  }

  @Override
  public void close() {
    echo.close();
    try (cgroup;
        bpffs) {
      attachments.forEach(Attachment::close);
      unload();
    }
  }
}
