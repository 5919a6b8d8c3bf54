package org.uidnet.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.DropId;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.SocketTag;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** What {@code quotas.h} does with limits. */
class QuotaTest {
  private static final int UID = 10_123;
  private static final int OTHER = 10_124;
  private static final int LOOPBACK = 1;
  private static final int ETH0 = 2;
  private static final int WLAN0 = 3;
  private static final int SIZE = 100;

  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(64, 16, 4, 2, true),
          new UUID(1, 1),
          Instant.EPOCH,
          () -> 1);
  private final MapsDatapath maps = kernel.datapath();
  private final Socket socket = kernel.socket(UID, kernel.host(), Socket.AF_INET, 2, Packets.UDP);
  private final Socket others = kernel.socket(OTHER, kernel.host(), Socket.AF_INET, 2, Packets.UDP);

  private boolean sends(Socket from, int ifindex) {
    return kernel.egress(Packets.udp(from, ifindex, SIZE - Packets.IPV4_UDP), 0);
  }

  private boolean receives(Socket to, int ifindex) {
    return kernel.ingress(Packets.udp(to, ifindex, SIZE - Packets.IPV4_UDP), 1);
  }

  private void limit(int number, long bytes) {
    maps.quotas().setLimit(number, bytes);
  }

  private void limitUid(int n, int number, long bytes) {
    limit(number, bytes);
    maps.uids().setQuota(UID, n, number);
    maps.uids().setFlags(UID, Layouts.UID_QUOTAS);
  }

  private void limitAll(int number, long bytes) {
    limit(number, bytes);
    maps.control().setQuotaOfAll(0, number);
    maps.control().setSwitches(Layouts.SWITCH_QUOTAS);
  }

  @Test
  void uid_itsQuotaUsedUp_sendsNoMore() {
    limitUid(0, 7, 250);
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(receives(socket, WLAN0)).isTrue();
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(sends(socket, ETH0)).isFalse();
    assertThat(receives(socket, ETH0)).isFalse();
    assertThat(sends(others, ETH0)).isTrue();
    assertThat(maps.drops().entries())
        .containsKey(new DropId(UID, Layouts.REASON_QUOTA_EXCEEDED, DropId.Call.EGRESS));
  }

  /** What arrives has used the network, also when nobody gets it; what is not sent has not. */
  @Test
  void used_ofDroppedPackets_growsByWhatArrived() {
    limitUid(0, 7, 100);
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(sends(socket, ETH0)).isFalse();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
    assertThat(receives(socket, ETH0)).isFalse();
    assertThat(maps.quotas().used(7)).isEqualTo(200);
  }

  @Test
  void limit_movedOn_opensAgain() {
    limitUid(0, 7, 100);
    sends(socket, ETH0);
    assertThat(sends(socket, ETH0)).isFalse();
    limit(7, maps.quotas().used(7) + 100);
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(sends(socket, ETH0)).isFalse();
  }

  @Test
  void loopback_isNeitherLimitedNorCounted() {
    limitUid(0, 7, 0);
    assertThat(sends(socket, LOOPBACK)).isTrue();
    assertThat(maps.quotas().used(7)).isZero();
  }

  @Test
  void interfaceOfAQuota_isTheOnlyOneLimited() {
    maps.quotas().describe(7, kernel.host().cookie(), WLAN0, 0);
    limitAll(7, 100);
    assertThat(sends(others, WLAN0)).isTrue();
    assertThat(sends(socket, WLAN0)).isFalse();
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
  }

  @Test
  void interfaceOfAnotherNamespace_isNotLimited() {
    maps.quotas().describe(7, kernel.host().cookie() + 1, WLAN0, 0);
    limitAll(7, 0);
    assertThat(sends(socket, WLAN0)).isTrue();
  }

  @Test
  void meteredQuota_limitsMeteredNetworksOnly() {
    maps.networks().put(new NetworkId(kernel.host().cookie(), WLAN0), Layouts.NETWORK_METERED);
    maps.quotas().describe(7, 0, 0, Layouts.NETWORK_METERED);
    limitUid(0, 7, 100);
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(sends(socket, WLAN0)).isTrue();
    assertThat(sends(socket, WLAN0)).isFalse();
    assertThat(sends(socket, ETH0)).isTrue();
  }

  /** What goes through it is used once, where it leaves the host. */
  @Test
  void quotaOfAll_isNotUsedByATunnel_butStopsIt() {
    maps.networks().put(new NetworkId(kernel.host().cookie(), WLAN0), Layouts.NETWORK_TUNNEL);
    limitAll(7, 100);
    assertThat(sends(socket, WLAN0)).isTrue();
    assertThat(maps.quotas().used(7)).isZero();
    assertThat(sends(others, ETH0)).isTrue();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
    assertThat(sends(socket, WLAN0)).isFalse();
  }

  @Test
  void quotasOfAUidOrAnInterface_areUsedByATunnel() {
    maps.networks().put(new NetworkId(kernel.host().cookie(), WLAN0), Layouts.NETWORK_TUNNEL);
    limitUid(0, 7, 1000);
    maps.quotas().describe(8, kernel.host().cookie(), WLAN0, 0);
    limitAll(8, 1000);
    assertThat(sends(socket, WLAN0)).isTrue();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
    assertThat(maps.quotas().used(8)).isEqualTo(100);
  }

  @Test
  void twoQuotas_theSmallerOneDecidesAndBothCount() {
    limitUid(0, 7, 1000);
    limitUid(1, 8, 100);
    assertThat(sends(socket, ETH0)).isTrue();
    assertThat(sends(socket, ETH0)).isFalse();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
    assertThat(maps.quotas().used(8)).isEqualTo(100);
  }

  @Test
  void root_usesAQuotaOfAllAndIsNotStopped() {
    Socket root = kernel.socket(0, kernel.host(), Socket.AF_INET, 2, Packets.UDP);
    limitAll(7, 0);
    assertThat(sends(root, ETH0)).isTrue();
    assertThat(maps.quotas().used(7)).isEqualTo(100);
    assertThat(sends(socket, ETH0)).isFalse();
  }

  /** The quota follows the charge, as usage does. */
  @Test
  void trafficChargedToTheUid_usesItsQuota() {
    limitUid(0, 7, 100);
    int descriptor = kernel.descriptor(others);
    maps.uids().setAccounting(OTHER, Layouts.ACCOUNTS_TAGS);
    maps.setSocketTag(descriptor, new SocketTag(5, UID, 0));
    assertThat(sends(others, ETH0)).isTrue();
    assertThat(sends(others, ETH0)).isFalse();
    maps.removeSocketTag(descriptor);
    assertThat(sends(others, ETH0)).isTrue();
  }

  /** Each segment repeats the headers, as on the wire. */
  @Test
  void segmentedPacket_usesItsWireBytes() {
    limitUid(0, 7, 1000);
    Skb packet = Packets.udp(socket, ETH0, 300).segmented(100, 3);
    assertThat(kernel.egress(packet, 0)).isTrue();
    assertThat(maps.quotas().used(7)).isEqualTo(300 + 3 * Packets.IPV4_UDP);
  }
}
