package org.uidnet.api;

import org.uidnet.programs.Trace;

/** Packets on demand, read out of the datapath for whoever asks. Thread-safe. */
public interface PacketTraces {
  /**
   * Begins: from now on packets that match are handed over, until the session is closed.
   *
   * @param to called on the thread that reads for all sessions, which must not be kept waiting
   */
  Session open(TraceFilter filter, Listener to);

  /** Who asked. */
  interface Listener {
    void packet(Trace packet);

    /**
     * Packets found no room in the kernel's buffer.
     *
     * @param packets of all sessions together: nobody knows whose they would have been
     */
    void lost(long packets);
  }

  /** What was asked for, as long as it is open. */
  interface Session extends AutoCloseable {
    /** Ends it, from any thread; a packet that is being handed over may still come. */
    @Override
    void close();
  }
}
