package org.uidnet.programs;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.UidTable;

/**
 * The maps that say whom traffic is charged to, and packets on demand. {@code charge.h} and {@code
 * trace.h} say what they do. Safe for any thread; calls throw {@link DatapathException}.
 */
public interface AccountingMaps {
  /** How many of the packets are traced, and whose. */
  Control control();

  /** Counter sets, generations, and which UIDs have tagged sockets. */
  UidTable uids();

  /** The row of a UID; empty if it has none yet. */
  OptionalInt rowOf(long uid);

  /** The row of a UID, made if it has none yet; empty if no row is left. */
  OptionalInt makeRow(long uid);

  /**
   * The tag of a socket; empty if it has none.
   *
   * @param descriptor of a socket, in the process that asks
   */
  Optional<SocketTag> socketTag(int descriptor);

  /** Gives the socket a tag, or another one; it goes with the socket. */
  void setSocketTag(int descriptor, SocketTag tag);

  /** False if it had none. */
  boolean removeSocketTag(int descriptor);

  /** The UID that the programs recorded for a socket of a foreign user namespace. */
  Optional<Long> recordedOwner(int descriptor);

  /** Hands over the traced packets that have come, oldest first; answers how many there were. */
  int pollTraces(Consumer<Trace> to);

  /** Returns when there are traced packets, or after that time. */
  void awaitTraces(Duration most);
}
