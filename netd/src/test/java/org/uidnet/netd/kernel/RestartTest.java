package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.kernel.Attachment.Outcome;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.LinkInfo;
import org.uidnet.netd.sys.Mounting;
import org.uidnet.netd.sys.Pidfd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.sys.VerifierException;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;

/** What a start makes of what an earlier one left: the life cycle of links and maps. */
@KernelTest
class RestartTest {
  private static final Limits OTHER_SIZES =
      new Limits(2048, 512, 64, Cpus.possible(), HostKernel.hasNamespaceCookies());

  private Host host;

  @BeforeEach
  void open() {
    host = new Host();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void restart_sameVersion_adoptsLinksAndCounters() {
    Attachment first = host.attach();
    Map<String, Integer> links = first.linkIds();
    UUID epoch = first.datapath().control().epoch();
    Set<Integer> programs = programs();
    host.traffic(10_123, 2, 100);
    first.close();
    host.traffic(10_123, 3, 100);

    Attachment second = host.attach();
    assertThat(second.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(second.linkIds()).isEqualTo(links);
    assertThat(programs()).isEqualTo(programs);
    assertThat(second.datapath().control().epoch()).isEqualTo(epoch);
    assertThat(packets(second, 10_123)).isEqualTo(5);
    assertThat(host.recorder.prepared).isEqualTo(1);
    assertThat(host.recorder.retired).isEmpty();
  }

  @Test
  void restart_otherObjectSameLayout_swapsProgramsInPlace() {
    Attachment first = host.attach();
    Map<String, Integer> links = first.linkIds();
    Set<Integer> programs = programs();
    host.traffic(10_123, 2, 100);
    first.close();

    ProgramObject other = object("Apache-2.0\0", "Apache-2.1\0");
    Attachment second = host.attach(other);
    assertThat(second.outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
    assertThat(second.linkIds()).isEqualTo(links);
    assertThat(programs()).doesNotContainAnyElementsOf(programs).hasSize(Host.PROGRAMS);
    assertThat(second.datapath().control().objectHash()).isEqualTo(other.hash());
    host.traffic(10_123, 1, 100);
    assertThat(packets(second, 10_123)).isEqualTo(3);
  }

  @Test
  void restart_otherConstants_swapsProgramsInPlace() {
    host.attach().close();
    Limits fewer = new Limits(1024, 1, 64, Cpus.possible(), HostKernel.hasNamespaceCookies());
    Attachment second = host.attach(fewer);
    assertThat(second.outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
    second.close();
    assertThat(host.attach(fewer).outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  void restart_otherSizes_movesLinksAndHandsOldCountersOver() {
    Attachment first = host.attach();
    Map<String, Integer> links = first.linkIds();
    UUID epoch = first.datapath().control().epoch();
    host.traffic(10_123, 2, 100);
    first.close();

    Attachment second = host.attach(OTHER_SIZES);
    assertThat(second.outcome()).isEqualTo(Outcome.NEW_MAPS);
    assertThat(second.linkIds()).isEqualTo(links);
    assertThat(second.datapath().control().epoch()).isNotEqualTo(epoch);
    assertThat(retiredPackets()).containsExactly(2L);
    assertThat(host.recorder.retiredKeys).extracting(SlotId::uid).containsOnly(10_123L);
    assertThat(host.recorder.prepared).isEqualTo(2);
    host.traffic(10_123, 3, 100);
    assertThat(packets(second, 10_123)).isEqualTo(3);
    assertThat(host.pins().generations()).containsExactly(second.datapath().control().epoch());
  }

  /** Tags are in sockets, which outlast maps. */
  @Test
  void restart_otherSizes_socketsStayTagged_andVoidTagsVoid() {
    try (Sockets sockets = new Sockets(Traffic.in(host.cgroup.path()))) {
      Socket tagged = sockets.open(10_123, "udp", false);
      Socket large = sockets.open(70_001, "udp", false);
      Socket charged = sockets.open(10_123, "udp", false);
      try (Attachment first = host.attach()) {
        first.accounting().makeRow(70_000); // so that rows differ
        tag(first, sockets, tagged, 10_123, 10_123);
        tag(first, sockets, large, 70_001, 70_001);
        tag(first, sockets, charged, 10_123, 10_124);
        first.accounting().uids().nextGeneration(10_124);
      }

      Attachment second = host.attach(OTHER_SIZES);

      assertThat(second.outcome()).isEqualTo(Outcome.NEW_MAPS);
      for (Socket socket : List.of(tagged, large, charged)) {
        assertThat(socket.sendTo("127.0.0.1", 9, 5)).isEqualTo("5");
      }
      assertThat(Host.keys(second.datapath()))
          .extracting(SlotId::uid, SlotId::tag)
          .containsOnly(tuple(10_123L, 7L), tuple(70_001L, 7L), tuple(10_123L, 0L));
    }
  }

  @Test
  void restart_otherSizes_uidsStayInTheirCounterSets() {
    try (Attachment first = host.attach()) {
      first.accounting().makeRow(70_000); // so that rows differ
      foreground(first, 10_123);
      foreground(first, 70_001);
    }

    Attachment second = host.attach(OTHER_SIZES);

    assertThat(second.outcome()).isEqualTo(Outcome.NEW_MAPS);
    for (long uid : List.of(10_123L, 70_001L, 10_124L)) {
      host.traffic(uid, 1, 100);
    }
    assertThat(Host.keys(second.datapath()))
        .extracting(SlotId::uid, SlotId::set)
        .containsOnly(
            tuple(10_123L, Layouts.SET_FOREGROUND),
            tuple(70_001L, Layouts.SET_FOREGROUND),
            tuple(10_124L, Layouts.SET_DEFAULT));
  }

  private static void foreground(Attachment attachment, long uid) {
    AccountingMaps maps = attachment.accounting();
    maps.uids().setCounterSet(maps.makeRow(uid).orElseThrow(), Layouts.SET_FOREGROUND);
  }

  private static void tag(
      Attachment attachment, Sockets sockets, Socket socket, long owner, long charged) {
    AccountingMaps maps = attachment.accounting();
    maps.uids().setAccounting(maps.makeRow(owner).orElseThrow(), Layouts.ACCOUNTS_TAGS);
    try (Fd process = Pidfd.open(sockets.pid());
        Fd copy = Pidfd.get(process, socket.descriptor())) {
      maps.setSocketTag(copy.number(), new SocketTag(7, charged, 0));
    }
  }

  /**
   * The object as it was before the firewall: another layout of rows, three programs, fewer maps.
   * Its traffic goes on while this version takes over.
   */
  @Test
  void restart_layoutVersion1_countersContinueToTheByte() throws Exception {
    Attachment old = host.attach(layoutVersion1());
    setLayoutVersion1();
    UUID epoch = old.datapath().control().epoch();
    old.close();
    assertThat(host.cgroup.links()).hasSize(3);
    host.traffic(70_000, 2, 100);

    int datagrams = 300_000;
    Attachment now;
    try (Traffic.Server traffic =
        Traffic.in(host.cgroup.path()).as(10_123).serve("udp-pairs", 4, datagrams, "held")) {
      FutureTask<Boolean> sent = new FutureTask<>(traffic::release, true);
      new Thread(sent, "traffic").start();
      awaitCounting();
      now = host.attach();
      assertThat(sent.isDone()).as("the traffic ended before the upgrade").isFalse();
      sent.get();
    }

    assertThat(now.outcome()).isEqualTo(Outcome.NEW_MAPS);
    assertThat(now.datapath().control().epoch()).isNotEqualTo(epoch);
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    assertThat(host.pins().generations()).containsExactly(now.datapath().control().epoch());
    assertThat(host.recorder.retiredKeys).extracting(SlotId::uid).contains(70_000L, 10_123L);
    Counters before = host.recorder.retired.get(0);
    Counters after = Host.usage(now.datapath(), 10_123);
    assertThat(after.wire().txPackets()).isBetween(1L, datagrams - 1L);
    long bytes = (64L + Host.IP_AND_UDP) * datagrams + 2 * (100 + Host.IP_AND_UDP);
    assertThat(before.plus(after).wire())
        .isEqualTo(new org.uidnet.programs.Traffic(bytes, datagrams + 2, bytes, datagrams + 2));
  }

  private void awaitCounting() {
    try (Generation generation = generation();
        KernelMaps maps = KernelMaps.retired(generation)) {
      Datapath datapath = Generations.datapath(generation, maps);
      for (int i = 0; i < 1000 && Host.usage(datapath, 10_123).wire().txPackets() == 0; i++) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void setLayoutVersion1() {
    try (Generation generation = generation();
        KernelMaps maps = KernelMaps.of(generation)) {
      maps.memory("control")
          .putInt(generation.types().structLayout("control").offset("layout_version"), 1);
      assertThat(maps.control(generation.types()).layoutVersion()).isEqualTo(1);
    }
  }

  private static ProgramObject layoutVersion1() throws IOException {
    try (InputStream in = RestartTest.class.getResourceAsStream("/uidnet-layout-1.bpf.o")) {
      return ProgramObject.parse(in.readAllBytes());
    }
  }

  @Test
  void retired_viewThroughItsOwnTypes_canOnlyBeRead() {
    Attachment attachment = host.attach();
    host.traffic(70_000, 2, 100);
    try (Generation generation = generation();
        KernelMaps maps = KernelMaps.retired(generation)) {
      Datapath retired = Generations.datapath(generation, maps);
      SlotId id = Host.keys(retired).get(0);
      assertThat(id.uid()).isEqualTo(70_000);
      assertThat(retired.findSlot(id)).isEqualTo(attachment.datapath().findSlot(id));
      assertThat(retired.rowOf(70_000)).isEqualTo(attachment.datapath().rowOf(70_000));
      assertThatThrownBy(() -> retired.freeSlot(1))
          .isInstanceOf(DatapathException.class)
          .hasMessageContaining("can only be read");
      assertThatThrownBy(() -> retired.control().setAttachedAt(1))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  /** Sockets of foreign namespaces outlive the maps that know their owner. */
  @Test
  void restart_otherSizes_takesTheStorageOfSocketsOver() {
    host.attach().close();
    int storage = mapId("socket_owner");
    int slots = mapId("slots");
    host.attach(OTHER_SIZES);
    assertThat(mapId("socket_owner")).isEqualTo(storage);
    assertThat(mapId("slots")).isNotEqualTo(slots);
  }

  @Test
  @Tag("fault")
  void restart_oldCountersCannotBeStored_keepsThemUntilTheyCan() {
    host.attach().close();
    host.traffic(10_123, 2, 100);
    host.recorder.refusal = Optional.of(new IllegalStateException("history is locked"));
    Attachment second = host.attach(OTHER_SIZES);
    assertThat(second.pending()).hasSize(1);
    assertThat(host.pins().generations()).hasSize(2);

    host.recorder.refusal = Optional.empty();
    second.retirePending(host.recorder);
    assertThat(second.pending()).isEmpty();
    assertThat(retiredPackets()).containsExactly(2L);
    assertThat(host.pins().generations()).hasSize(1);
  }

  @Test
  void restart_programRefused_leavesEverythingAsItWas() {
    Attachment first = host.attach();
    Map<String, Integer> links = first.linkIds();
    Set<Integer> programs = programs();
    first.close();

    assertThatThrownBy(() -> host.attach(refusedByTheVerifier(), OTHER_SIZES))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("uidnet_create")
        .hasMessageContaining("invalid func");
    assertThatThrownBy(() -> host.attach(refusedByTheVerifier()))
        .isInstanceOf(VerifierException.class);
    assertThat(programs()).isEqualTo(programs);
    assertThat(host.pins().generations()).hasSize(1);
    Attachment again = host.attach();
    assertThat(again.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(again.linkIds()).isEqualTo(links);
  }

  @Test
  void links_oneCannotBeSwapped_allGetTheirOldProgramsBack() {
    host.attach().close();
    Set<Integer> before = programs();
    Blueprint blueprint = new Blueprint(Host.OBJECT, Host.LIMITS);
    List<ProgramSpec> specs = Host.OBJECT.programs();
    String last = specs.get(specs.size() - 1).name();
    String first = specs.get(0).name();
    try (Generation generation = generation();
        Programs programs = Programs.load(blueprint, generation);
        Links links = Links.open(host.pins(), host.cgroup.cgroup(), specs)) {
      assertThatThrownBy(() -> links.run(name -> programs.get(name.equals(last) ? first : name)))
          .isInstanceOf(SysException.class)
          .hasMessageContaining("swap the program");
    }
    assertThat(programs()).isEqualTo(before);
  }

  @Test
  void links_oneCannotBeMade_noneIsLeft() {
    Blueprint blueprint = new Blueprint(Host.OBJECT, Host.LIMITS);
    List<ProgramSpec> specs = Host.OBJECT.programs();
    String last = specs.get(specs.size() - 1).name();
    String first = specs.get(0).name();
    try (Generation generation = Generation.create(blueprint, Optional.empty());
        Programs programs = Programs.load(blueprint, generation);
        Links links = Links.open(host.pins(), host.cgroup.cgroup(), specs)) {
      assertThatThrownBy(() -> links.run(name -> programs.get(name.equals(last) ? first : name)))
          .isInstanceOf(SysException.class);
    }
    assertThat(host.cgroup.links()).isEmpty();
    assertThat(host.pins().links()).isEmpty();
  }

  @Test
  @Tag("fault")
  void restart_interruptedBetweenLinks_newVersionFinishes() {
    host.attach().close();
    host.traffic(10_123, 2, 100);
    interruptUpgrade();
    host.traffic(10_123, 4, 100);

    Attachment resumed = host.attach(OTHER_SIZES);
    assertThat(host.pins().generations()).hasSize(1);
    host.traffic(10_123, 3, 100);
    assertThat(host.recorder.retired).hasSize(1);
    assertCountedOnce(resumed, 9);
  }

  @Test
  @Tag("fault")
  void restart_interruptedBetweenLinks_oldVersionGoesBack() {
    host.attach().close();
    host.traffic(10_123, 2, 100);
    interruptUpgrade();
    host.traffic(10_123, 4, 100);

    Attachment back = host.attach();
    assertThat(back.outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
    assertThat(host.pins().generations()).hasSize(1);
    host.traffic(10_123, 3, 100);
    assertThat(host.recorder.retired).hasSize(1);
    assertCountedOnce(back, 9);
  }

  @Test
  void restart_interruptedWhilePinning_sweepsWhatNeverCounted() {
    host.attach().close();
    Blueprint other = new Blueprint(Host.OBJECT, OTHER_SIZES);
    try (Generation complete = Generation.create(other, Optional.empty());
        Generation incomplete = Generation.create(other, Optional.empty())) {
      complete.pin(host.pins());
      Pins.pin(incomplete.map("slots"), host.pins().map(incomplete.epoch(), "slots"));
    }
    Attachment next = host.attach();
    assertThat(next.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(host.pins().generations()).containsExactly(next.datapath().control().epoch());
    assertThat(host.recorder.retired).isEmpty();
  }

  @Test
  void restart_objectHashGone_installsItsOwnPrograms() {
    Attachment first = host.attach();
    first.datapath().control().setObjectHash(new byte[32]);
    first.close();
    assertThat(host.attach().outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
  }

  @Test
  @Tag("fault")
  void restart_linksDetachedBySomeoneElse_attachesThemAgain() {
    host.attach().close();
    detach("uidnet_egress");
    Attachment next = host.attach();
    assertThat(next.outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    host.traffic(10_123, 2, 100);
    assertThat(packets(next, 10_123)).isEqualTo(2);
  }

  @Test
  @Tag("fault")
  void mend_linksDetachedBySomeoneElse_attachesThemAgain() {
    Attachment attachment = host.attach();
    assertThat(attachment.mend()).isEmpty();
    detach("uidnet_egress");
    assertThat(attachment.mend()).containsExactly("uidnet_egress");
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    assertThat(attachment.isPinned()).isTrue();
  }

  @Test
  @Tag("fault")
  void mend_programReplacedBySomeoneElse_putsItBack() {
    Attachment attachment = host.attach();
    try (Fd link = Bpf.openPin(host.pins().link("uidnet_egress"));
        Fd other = TinyPrograms.passing()) {
      Bpf.updateLink(link, other);
    }
    assertThat(attachment.mend()).containsExactly("uidnet_egress");
    host.traffic(10_123, 2, 100);
    assertThat(packets(attachment, 10_123)).isEqualTo(2);
  }

  @Test
  @Tag("fault")
  void mend_fileSystemOfThePinsUnmounted_attachesAllTheSame() {
    Attachment attachment = host.attach();
    detach("uidnet_egress");
    Commands.line("umount --lazy %s", host.bpffs.point());
    assertThat(attachment.mend()).containsExactly("uidnet_egress");
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    assertThat(attachment.isPinned()).isFalse();
    assertThat(attachment.pinAgain()).isFalse();
    mountAgain();
  }

  private void mountAgain() {
    Mounting.mount("uidnet-test", host.bpffs.point(), "bpf", "mode=0700");
  }

  @Test
  @Tag("fault")
  void pinAgain_fileSystemMountedAgain_nextStartAdopts() {
    Attachment attachment = host.attach();
    Commands.line("umount --lazy %s", host.bpffs.point());
    mountAgain();
    assertThat(attachment.pinAgain()).isTrue();
    assertThat(attachment.isPinned()).isTrue();
    assertThatThrownBy(host::attach).hasMessageContaining("another uidnet uses the pins");
    attachment.close();
    assertThat(host.attach().outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  @Tag("fault")
  void pinAgain_onePinRemoved_nextStartAdopts() {
    Attachment attachment = host.attach();
    Pins.unpin(host.pins().map(attachment.datapath().control().epoch(), "slots"));
    assertThat(attachment.isPinned()).isFalse();
    assertThat(attachment.pinAgain()).isTrue();
    attachment.close();
    assertThat(host.attach().outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  @Tag("fault")
  void restart_cgroupRemovedAndMadeAgain_attachesThere() {
    try (TestCgroup gone = host.cgroup.child("service")) {
      attachTo(gone).close();
      gone.remove();
    }
    try (TestCgroup again = host.cgroup.child("service")) {
      try (Attachment next = attachTo(again)) {
        assertThat(next.outcome()).isEqualTo(Outcome.NEW_PROGRAMS);
        assertThat(again.links()).hasSize(Host.PROGRAMS);
        next.stop(host.recorder);
      }
    }
  }

  @Test
  void mend_cgroupRemovedAndMadeAgain_attachesThere() {
    try (TestCgroup gone = host.cgroup.child("service");
        Attachment attachment = attachTo(gone)) {
      gone.remove();
      assertThatThrownBy(attachment::mend)
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("cannot attach to cgroup")
          .hasMessageContaining("--cgroup");
      try (TestCgroup again = host.cgroup.child("service")) {
        assertThat(attachment.mend()).hasSize(Host.PROGRAMS);
        assertThat(attachment.mend()).isEmpty();
        assertThat(again.links()).hasSize(Host.PROGRAMS);
        attachment.stop(host.recorder);
      }
    }
  }

  @Test
  void restart_otherCgroup_movesThere() {
    try (TestCgroup one = host.cgroup.child("one");
        TestCgroup two = host.cgroup.child("two")) {
      attachTo(one).close();
      try (Attachment next = attachTo(two)) {
        assertThat(one.links()).isEmpty();
        assertThat(two.links()).hasSize(Host.PROGRAMS);
        next.stop(host.recorder);
      }
    }
  }

  @Test
  void restart_linkOfAProgramThatIsNoMore_isDetached() {
    host.attach().close();
    try (Fd program = TinyPrograms.passing();
        Fd directory = host.cgroup.cgroup().open();
        Fd link = Bpf.createLink(program, directory, 1)) {
      Pins.pin(link, host.pins().link("uidnet_former"));
    }
    host.attach(object("Apache-2.0\0", "Apache-2.1\0"));
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    assertThat(host.pins().links()).hasSize(Host.PROGRAMS);
  }

  @Test
  void restart_otherFilesBesideThePins_leavesThemAlone() {
    host.attach().close();
    Path stranger = host.bpffs.pins().directory().resolve("somebody-else");
    Bpffs.makeDirectory(stranger);
    host.attach(OTHER_SIZES).close();
    host.unload();
    assertThat(stranger).exists();
    Pins.unpin(stranger);
  }

  /** In what was handed over and in what counts now. */
  private void assertCountedOnce(Attachment attachment, long datagrams) {
    Counters sum = Host.usage(attachment.datapath(), 10_123);
    for (Counters retired : host.recorder.retired) {
      sum = sum.plus(retired);
    }
    long bytes = datagrams * (100 + Host.IP_AND_UDP);
    assertThat(sum.wire())
        .isEqualTo(new org.uidnet.programs.Traffic(bytes, datagrams, bytes, datagrams));
  }

  /**
   * What {@code kill -9} leaves when it comes after the first of the links has moved to new maps.
   */
  private void interruptUpgrade() {
    Blueprint blueprint = new Blueprint(Host.OBJECT, OTHER_SIZES);
    ProgramSpec first = Host.OBJECT.programs().get(0);
    try (Generation generation = Generation.create(blueprint, Optional.empty())) {
      Live.describe(generation, blueprint, 1);
      generation.pin(host.pins());
      try (KernelMaps maps = KernelMaps.of(generation);
          Programs programs = Programs.load(blueprint, generation);
          Fd link = Bpf.openPin(host.pins().link(first.name()))) {
        maps.control(Host.OBJECT.types()).setAttachedAt(1);
        Bpf.updateLink(link, programs.get(first.name()));
      }
    }
  }

  private Generation generation() {
    return Generation.open(host.pins().generations().get(0), host.pins());
  }

  private Attachment attachTo(TestCgroup cgroup) {
    return new Loader(
            Host.OBJECT, Host.LIMITS, cgroup.cgroup(), host.bpffs.pins(), Clock.systemUTC())
        .attach(host.recorder);
  }

  private int mapId(String map) {
    try (Generation generation = generation()) {
      return generation.info(map).id();
    }
  }

  private void detach(String program) {
    try (Fd link = Bpf.openPin(host.pins().link(program))) {
      Bpf.detachLink(link);
    }
  }

  private Set<Integer> programs() {
    return host.cgroup.links().stream().map(LinkInfo::programId).collect(Collectors.toSet());
  }

  private static long packets(Attachment attachment, long uid) {
    return Host.usage(attachment.datapath(), uid).wire().txPackets();
  }

  private List<Long> retiredPackets() {
    return host.recorder.retired.stream().map(counters -> counters.wire().txPackets()).toList();
  }

  /** Its create program calls a helper that no kernel has, where it makes socket storage. */
  private static ProgramObject refusedByTheVerifier() {
    String flag = "\u00b7\u0004\0\0\u0001\0\0\0";
    return object(flag + "\u0085\0\0\0\u006b\0\0\0", flag + "\u0085\0\0\0\u006b\0\0\u007f");
  }

  /** Our object with some bytes, which occur once, replaced by as many others. */
  private static ProgramObject object(String bytes, String others) {
    try (InputStream in =
        ProgramObject.class.getResourceAsStream("/org/uidnet/programs/uidnet.bpf.o")) {
      String object = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(Arrays.asList(object.split(Pattern.quote(bytes), -1))).hasSize(2);
      return ProgramObject.parse(
          object.replace(bytes, others).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
