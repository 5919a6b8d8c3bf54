package org.uidnet.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * Tags where loopback, which contracts use, is another case; the kernel's are in TagDatapathTest.
 */
class TagRulesTest {
  private static final int UID = 10_123;
  private static final int RESOLVER = 1051;
  private static final long TAG = 0xF00D;
  private static final int WIRE = 2;

  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(64, 16, 4, 1, true),
          new UUID(1, 1),
          Instant.EPOCH,
          () -> 1);
  private final MapsDatapath maps = kernel.datapath();
  private final UidTable uids = maps.uids();
  private final Socket socket = kernel.socket(UID, kernel.host(), Socket.AF_INET, 2, Packets.UDP);

  @BeforeEach
  void expectTags() {
    uids.setAccounting(UID, Layouts.ACCOUNTS_TAGS);
    uids.setAccounting(RESOLVER, Layouts.ACCOUNTS_DNS);
  }

  private void tag(Socket of, long tag, long charged) {
    int descriptor = kernel.descriptor(of);
    maps.setSocketTag(descriptor, new SocketTag(tag, charged, 0));
    kernel.closeDescriptor(descriptor);
  }

  private boolean arrives() {
    return kernel.ingress(Packets.udp(socket, WIRE, 5), 0);
  }

  private boolean leaves() {
    return kernel.egress(Packets.udp(socket, WIRE, 5), 0);
  }

  private void assertAnswersAloneAreLifted() {
    assertThat(arrives()).as("untagged").isFalse();
    tag(socket, TAG, RESOLVER);
    assertThat(arrives()).as("another tag").isFalse();
    tag(socket, Layouts.TAG_SYSTEM_DNS, UID);
    assertThat(arrives()).as("another UID").isFalse();
    tag(socket, Layouts.TAG_SYSTEM_DNS, RESOLVER);
    assertThat(arrives()).as("an answer").isTrue();
  }

  @Test
  void lockdown_isLiftedForAnswersOfTheResolver_notForQuestions() {
    uids.setFlags(UID, Layouts.UID_LOCKDOWN);

    assertAnswersAloneAreLifted();
    assertThat(leaves()).isFalse();
  }

  @Test
  void interfaceRule_isLiftedForAnswersOfTheResolver() {
    uids.setFlags(UID, Layouts.UID_INTERFACE_RULE);
    uids.setAllowedInterface(UID, WIRE + 1);

    assertAnswersAloneAreLifted();
  }

  @ParameterizedTest
  @ValueSource(ints = {Layouts.CHAIN_STANDBY, Layouts.CHAIN_OEM_DENY_1})
  void chain_isNotLifted(int chain) {
    uids.setRules(UID, chain);
    maps.control().setEnabledChains(chain);
    tag(socket, Layouts.TAG_SYSTEM_DNS, RESOLVER);

    assertThat(arrives()).isFalse();
  }

  @Test
  void acceptedConnection_hasNoTag() {
    Socket listener = kernel.socket(UID, kernel.host(), Socket.AF_INET, 1, Packets.TCP);
    tag(listener, TAG, UID);

    Socket accepted = kernel.accept(listener, UID);
    kernel.ingress(Packets.udp(accepted, WIRE, 5), 0);

    assertThat(maps.socketTag(kernel.descriptor(accepted))).isEmpty();
    assertThat(maps.slotKeys().id(1))
        .isEqualTo(new SlotId(UID, 0, 0, WIRE, kernel.host().cookie()));
  }

  /** Its storage is another socket's then. */
  @Test
  void closedSocket_leavesItsTagToNobody() {
    tag(socket, TAG, UID);
    kernel.close(socket);
    Socket next = kernel.socket(UID, kernel.host(), Socket.AF_INET, 2, Packets.UDP);

    assertThat(maps.socketTag(kernel.descriptor(next))).isEmpty();
  }
}
