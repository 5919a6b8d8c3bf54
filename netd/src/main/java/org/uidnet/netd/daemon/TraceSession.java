package org.uidnet.netd.daemon;

import java.util.function.Consumer;
import org.uidnet.api.PacketTraces;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.Trace;

/** One who asked for packets. Packets are offered by one thread; closed it is by any. */
final class TraceSession implements PacketTraces.Session {
  private final TraceFilter filter;
  private final PacketTraces.Listener listener;
  private final Consumer<TraceSession> onClose;

  /** Matching packets since the last one that was taken; such that the first one is. */
  private int passed;

  TraceSession(TraceFilter filter, PacketTraces.Listener listener, Consumer<TraceSession> onClose) {
    this.filter = filter;
    this.listener = listener;
    this.onClose = onClose;
    passed = filter.every() - 1;
  }

  TraceFilter filter() {
    return filter;
  }

  /**
   * Takes the packet if it is one of those asked for, and its turn.
   *
   * @param standsFor packets that the programs have counted for this one
   */
  void offer(Trace packet, int standsFor) {
    if (!filter.matches(packet)) {
      return;
    }
    passed += standsFor;
    if (passed >= filter.every()) {
      passed -= filter.every();
      listener.packet(packet);
    }
  }

  void lost(long packets) {
    listener.lost(packets);
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
