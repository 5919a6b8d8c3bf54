package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.uidnet.api.model.Gap;
import org.uidnet.programs.Trace;
import org.uidnet.stats.UsageFilter.UidRange;

/** Packets on demand. */
final class TraceEndpoints {
  static final Set<String> TRACE =
      Set.of("uid", "every", "direction", "iface", "dropped", StreamFormat.PARAMETER);

  /** Packets that may wait for a client: a burst of some milliseconds. */
  private static final int BACKLOG = 2048;

  private final PacketTraces traces;
  private final Streams streams;
  private final InterfaceNames interfaces;
  private final TracedPackets packets;
  private final EventIds ids;

  TraceEndpoints(Services services, Streams streams, EventIds ids) {
    traces = services.traces();
    interfaces = new InterfaceNames(services.networks(), System::nanoTime);
    packets =
        new TracedPackets(
            services.names(),
            services.firewall(),
            interfaces,
            new BootTimes(services.clock(), services.host().elapsed()));
    this.streams = streams;
    this.ids = ids;
  }

  Answer trace(Call call) {
    TraceFilter filter = filter(call);
    return new StreamAnswer(streams, call, BACKLOG, (to, last) -> begin(filter, to, last));
  }

  /** Packets are not kept: whoever comes back has missed some. */
  private Runnable begin(TraceFilter filter, EventStream to, Optional<String> lastEventId) {
    if (lastEventId.isPresent()) {
      to.send(Gap.notKept());
    }
    return traces.open(filter, new Forwarding(to))::close;
  }

  private final class Forwarding implements PacketTraces.Listener {
    private final EventStream to;

    Forwarding(EventStream to) {
      this.to = to;
    }

    @Override
    public void packet(Trace packet) {
      to.send(StreamEvent.of("packet", ids.of(packet.time()), () -> packets.show(packet)));
    }

    @Override
    public void lost(long count) {
      to.send(Gap.of(Gap.Cause.KERNEL_BUFFER_FULL, count));
    }
  }

  private TraceFilter filter(Call call) {
    Query query = call.query();
    return new TraceFilter(
        owner(call), query.one("every").map(TraceEndpoints::every).orElse(1), further(query));
  }

  /** The programs know one UID, or all. */
  private static OptionalLong owner(Call call) {
    UidSelection selection = UidSelection.of(call.query(), call.caller());
    List<UidRange> uids = selection.ranges().stream().distinct().toList();
    if (uids.isEmpty() && !selection.removed()) {
      return OptionalLong.empty();
    }
    if (selection.removed() || uids.size() > 1 || uids.get(0).first() != uids.get(0).last()) {
      throw Refusal.badField("uid", "A trace is of one UID, or of all without 'uid'.");
    }
    return OptionalLong.of(uids.get(0).first());
  }

  private static int every(String text) {
    if (text.matches("\\d{1,7}")) {
      int every = Integer.parseInt(text);
      if (1 <= every && every <= TraceFilter.LEAST_OFTEN) {
        return every;
      }
    }
    throw Refusal.badField(
        "every", "'" + text + "' is no sample; write n for one of n packets, 1 to 1000000.");
  }

  private Optional<Predicate<Trace>> further(Query query) {
    return Stream.of(direction(query), iface(query), dropped(query))
        .flatMap(Optional::stream)
        .reduce(Predicate::and);
  }

  private static Optional<Predicate<Trace>> direction(Query query) {
    return FirewallParameters.isInbound(query).map(inbound -> packet -> packet.egress() != inbound);
  }

  private Optional<Predicate<Trace>> iface(Query query) {
    return query
        .one("iface")
        .map(UsageParameters::iface)
        .map(name -> packet -> nameOf(packet).equals(name));
  }

  private String nameOf(Trace packet) {
    return interfaces.of(packet.netns(), packet.ifindex()).text();
  }

  private static Optional<Predicate<Trace>> dropped(Query query) {
    return query
        .one("dropped")
        .map(text -> UsageParameters.flag("dropped", text))
        .map(dropped -> packet -> TracedPackets.isDropped(packet) == dropped);
  }
}
