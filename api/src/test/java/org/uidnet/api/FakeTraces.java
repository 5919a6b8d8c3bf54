package org.uidnet.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.uidnet.programs.Trace;

/** Packets that a test makes up, for everybody who asked for them. */
public final class FakeTraces implements PacketTraces {
  private final List<Opened> open = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();

  private record Opened(TraceFilter filter, Listener listener) {}

  @Override
  public Session open(TraceFilter filter, Listener to) {
    Opened session = new Opened(filter, to);
    open.add(session);
    return () -> {
      open.remove(session);
      ends.add(true);
    };
  }

  /** Of the sessions that are open. */
  public List<TraceFilter> filters() {
    return open.stream().map(Opened::filter).toList();
  }

  public void packet(Trace packet) {
    open.stream()
        .filter(session -> session.filter().matches(packet))
        .forEach(session -> session.listener().packet(packet));
  }

  public void lost(long packets) {
    open.forEach(session -> session.listener().lost(packets));
  }

  /** Whether a session ends within ten seconds. */
  public boolean awaitEnd() {
    try {
      return ends.poll(10, TimeUnit.SECONDS) != null;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
