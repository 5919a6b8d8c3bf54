package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.netd.kernel.Host.IP_AND_UDP;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.LinkInfo;
import org.uidnet.netd.testing.ChildProcess;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;

/** What an attachment is; what its datapath does is {@link KernelDatapathContractTest}. */
@KernelTest
class AttachTest {
  private static final String[] PROGRAM_NAMES = {
    "uidnet_bind4",
    "uidnet_bind6",
    "uidnet_connect4",
    "uidnet_connect6",
    "uidnet_create",
    "uidnet_egress",
    "uidnet_ingress"
  };

  /**
   * In namespaces of its own, to where nobody answers: the answer would be UID 0's, the kernel's,
   * and Linux 5.15 counts it here, since its ICMP sockets are in the cgroup of who made the
   * namespace.
   */
  private static final String DATAGRAM =
      """
      ip link set lo up
      ip address add 198.51.100.1 dev lo
      ip route add 198.51.100.2 dev lo
      exec 3>/dev/udp/198.51.100.2/9
      printf '%0100d' 0 >&3
      """;

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
  void attach_nothingThere_isFreshAndPinned() {
    Attachment attachment = host.attach();
    assertThat(attachment.outcome()).isEqualTo(Attachment.Outcome.FRESH);
    assertThat(attachment.isPinned()).isTrue();
    assertThat(attachment.linkIds()).containsOnlyKeys(PROGRAM_NAMES);
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    assertThat(host.recorder.prepared).isEqualTo(1);
  }

  @Test
  void control_afterAttach_saysWhichMapsTheseAre() {
    Control control = host.attach().datapath().control();
    assertThat(control.layoutVersion()).isEqualTo(Layouts.LAYOUT_VERSION);
    assertThat(control.slots()).isEqualTo(Host.LIMITS.slots());
    assertThat(control.cpus()).isEqualTo(Cpus.possible());
    assertThat(control.uidRows()).isEqualTo(Host.LIMITS.uidRows());
    assertThat(control.epoch()).isNotEqualTo(new UUID(0, 0));
    assertThat(control.hostNamespace()).isNotZero();
    assertThat(control.attachedAt()).isPositive();
    assertThat(control.objectHash()).isEqualTo(Host.OBJECT.hash());
  }

  @ParameterizedTest
  @ValueSource(longs = {10_123, 70_000, 4_000_000_000L})
  void traffic_ofAnyUid_isCountedExactly(long uid) {
    Datapath datapath = host.attach().datapath();
    host.traffic(uid, 7, 100);
    long bytes = 7 * (100 + IP_AND_UDP);
    assertThat(Host.usage(datapath, uid).wire()).isEqualTo(new Traffic(bytes, 7, bytes, 7));
    assertThat(Host.usage(datapath, uid).extra()).isEqualTo(Traffic.NONE);
  }

  @Test
  void traffic_ofTwoUids_isKeptApart() {
    Datapath datapath = host.attach().datapath();
    host.traffic(10_123, 3, 10);
    host.traffic(70_000, 5, 20);
    assertThat(Host.usage(datapath, 10_123).wire().txPackets()).isEqualTo(3);
    assertThat(Host.usage(datapath, 70_000).wire().txPackets()).isEqualTo(5);
    assertThat(Host.total(datapath).wire().txPackets()).isEqualTo(8);
  }

  @Test
  void unsharedNamespaces_ofAUser_areChargedToTheUser() {
    Datapath datapath = host.attach().datapath();
    ChildProcess.unshared(host.cgroup.path(), 10_123, DATAGRAM).run();
    assertThat(Host.usage(datapath, 10_123).wire().txBytes()).isEqualTo(100 + IP_AND_UDP);
    assertThat(Host.usage(datapath, 0).wire().txBytes()).isZero();
    assertThat(datapath.control().watchesForeignNamespaces()).isTrue();
  }

  /** As on kernels before 6.15: the constant lets the verifier drop the call. */
  @Test
  void namespaceCookies_kernelWithoutThem_countsAndStillKnowsTheRealUid() {
    Datapath datapath = host.attach(new Limits(64, 512, 8, Cpus.possible(), false)).datapath();
    host.traffic(10_123, 2, 100);
    ChildProcess.unshared(host.cgroup.path(), 70_000, DATAGRAM).run();
    assertThat(Host.usage(datapath, 10_123).wire().txPackets()).isEqualTo(2);
    assertThat(Host.usage(datapath, 70_000).wire().txPackets()).isEqualTo(1);
    assertThat(Host.usage(datapath, 0).wire().txPackets()).isZero();
    assertThat(Host.keys(datapath))
        .extracting(SlotId::netns)
        .containsOnly(datapath.control().hostNamespace());
  }

  @Test
  void cgroup_besideAnotherProgram_bothStay() {
    try (Fd other = TinyPrograms.passing();
        Fd directory = host.cgroup.cgroup().open();
        Fd link = Bpf.createLink(other, directory, 1)) {
      Datapath datapath = host.attach().datapath();
      host.traffic(10_123, 1, 10);
      assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS + 1);
      assertThat(Host.usage(datapath, 10_123).wire().txPackets()).isEqualTo(1);
      host.unload();
      assertThat(host.cgroup.links())
          .extracting(LinkInfo::id)
          .containsExactly(Bpf.linkInfo(link).id());
    }
  }

  @Test
  void attach_secondProcess_isRefusedWithWhatToDo() {
    host.attach();
    assertThatThrownBy(host::attach)
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("another uidnet uses the pins")
        .hasMessageContaining("--bpffs");
  }

  @Test
  void unload_afterTheDaemonDied_leavesNothing() {
    host.attach().close();
    assertThat(host.cgroup.links()).hasSize(Host.PROGRAMS);
    Unload.Report report = host.unload();
    assertThat(report.detached()).containsExactlyInAnyOrder(PROGRAM_NAMES);
    assertThat(report.unpinned()).isEqualTo(1);
    assertThat(host.cgroup.links()).isEmpty();
    assertThat(host.bpffs.files()).isEmpty();
  }

  @Test
  void unload_pinsRemovedButLinksHeld_findsThemByName() {
    Attachment attachment = host.attach();
    host.pins().links().forEach(Pins::unpin);
    assertThat(attachment.isPinned()).isFalse();
    host.unload();
    assertThat(host.cgroup.links()).isEmpty();
  }

  @Test
  void stop_always_handsOverAndLeavesNothing() {
    Attachment attachment = host.attach();
    host.traffic(10_123, 2, 100);
    attachment.stop(host.recorder);
    assertThat(host.recorder.retired).hasSize(1);
    assertThat(host.recorder.retired.get(0).wire().txPackets()).isEqualTo(2);
    assertThat(host.cgroup.links()).isEmpty();
    assertThat(host.bpffs.files()).isEmpty();
    assertThat(host.bpffs.isMounted()).as("a mount that is not ours").isTrue();
  }

  @Test
  void stop_countersCannotBeStored_mapsStayForTheNextStart() {
    Attachment attachment = host.attach();
    host.traffic(10_123, 2, 100);
    host.recorder.refusal = Optional.of(new IllegalStateException("history is locked"));
    assertThatThrownBy(() -> attachment.stop(host.recorder)).hasMessage("history is locked");
    assertThat(host.cgroup.links()).isEmpty();
    host.recorder.refusal = Optional.empty();
    Datapath next = host.attach().datapath();
    assertThat(Host.usage(next, 10_123).wire().txPackets()).isEqualTo(2);
  }
}
