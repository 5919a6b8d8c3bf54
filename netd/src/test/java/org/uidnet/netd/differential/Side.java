package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
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

  /** A hash in the order of its keys, or a stack from the top. */
  Contents contents(String map);
}
