package org.uidnet.api;

import java.util.Optional;
import org.uidnet.api.model.RefusedEvent;
import org.uidnet.programs.Event;
import org.uidnet.programs.Flow;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.UidNames;
import org.uidnet.stats.Kind;

/** Shows refusals: numbers of the kernel by the names that they have now. */
final class RefusedEvents {
  private final UidNames names;
  private final InterfaceNames interfaces;
  private final BootTimes times;

  RefusedEvents(UidNames names, InterfaceNames interfaces, BootTimes times) {
    this.names = names;
    this.interfaces = interfaces;
    this.times = times;
  }

  RefusedEvent show(Event event, String reason) {
    Optional<Long> uid = uid(event);
    Optional<InterfaceNames.Name> iface = iface(event);
    return new RefusedEvent(
        times.at(event.time()),
        uid.isPresent() ? Kind.UID : Kind.FOREIGN,
        uid,
        uid.flatMap(names::name),
        reason,
        event.id().call(),
        iface.map(InterfaceNames.Name::text),
        iface.flatMap(InterfaceNames.Name::netns),
        iface.map(name -> event.length()),
        event.flow().map(Flow::protocol),
        event.flow().map(flow -> Addresses.text(flow.source())),
        event.flow().map(flow -> Addresses.text(flow.target())));
  }

  private static Optional<Long> uid(Event event) {
    long uid = event.id().uid();
    return uid == SlotId.UID_FOREIGN ? Optional.empty() : Optional.of(uid);
  }

  private Optional<InterfaceNames.Name> iface(Event event) {
    return switch (event.id().call()) {
      case INGRESS, EGRESS -> Optional.of(interfaces.of(event.netns(), event.ifindex()));
      case CREATE, CONNECT, BIND -> Optional.empty();
    };
  }
}
