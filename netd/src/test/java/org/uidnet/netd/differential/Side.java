package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.util.List;
import org.uidnet.programs.Trace;
import org.uidnet.simulator.maps.Contents;

/** One of the two that are compared: its maps, by the names of {@code layout.h}. */
interface Side {
  /** The values of an array, in native order. */
  ByteBuffer memory(String map);

  /** Makes or replaces a key of a hash. */
  void put(String map, byte[] key, byte[] value);

  void push(String map, byte[] value);

  /** Empties a hash or a stack. */
  void clear(String map);

  /** Takes out the packets that were traced, oldest first. */
  List<Trace> takeTraces();

  /** A hash in the order of its keys, or a stack from the top. */
  Contents contents(String map);
}
