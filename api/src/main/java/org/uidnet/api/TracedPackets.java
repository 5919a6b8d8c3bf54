package org.uidnet.api;

import java.util.Optional;
import org.uidnet.api.model.TracedPacket;
import org.uidnet.api.model.TracedPacket.Direction;
import org.uidnet.api.model.TracedPacket.Verdict;
import org.uidnet.firewall.Firewall;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Trace;
import org.uidnet.programs.UidNames;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.stats.Kind;

/** Shows traced packets: numbers of the kernel by the names that they have now. */
final class TracedPackets {
  private final UidNames names;
  private final Firewall firewall;
  private final InterfaceNames interfaces;
  private final BootTimes times;

  TracedPackets(UidNames names, Firewall firewall, InterfaceNames interfaces, BootTimes times) {
    this.names = names;
    this.firewall = firewall;
    this.interfaces = interfaces;
    this.times = times;
  }

  TracedPacket show(Trace packet) {
    InterfaceNames.Name iface = interfaces.of(packet.netns(), packet.ifindex());
    return new TracedPacket(
        times.at(packet.time()),
        packet.time(),
        iface.text(),
        packet.ifindex(),
        iface.netns(),
        packet.egress() ? Direction.EGRESS : Direction.INGRESS,
        whose(packet),
        packet.length(),
        PacketHeaders.of(packet),
        packet.wakeup(),
        isDropped(packet) ? Verdict.DROPPED : Verdict.PASSED,
        isDropped(packet) ? Optional.of(firewall.reasonName(packet.reason())) : Optional.empty(),
        packet.cookie());
  }

  static boolean isDropped(Trace packet) {
    return packet.reason() != Layouts.REASON_NONE;
  }

  private TracedPacket.Whose whose(Trace packet) {
    Optional<Long> uid = known(packet.uid());
    return new TracedPacket.Whose(
        uid.isPresent() ? Kind.UID : Kind.FOREIGN,
        uid,
        uid.flatMap(names::name),
        known(packet.owner()),
        packet.tag());
  }

  private static Optional<Long> known(long uid) {
    return uid == SlotId.UID_FOREIGN ? Optional.empty() : Optional.of(uid);
  }
}
