package org.uidnet.programs;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Raw access to the maps of one set of programs, by the names that {@code layout.h} gives them.
 * Keys and values are the bytes that programs see. A call that fails throws {@link
 * DatapathException} with the reason; {@link MapsDatapath} adds what was tried.
 */
public interface MapAccess {
  /** The values of an mmapable map, in native order: writes are seen by programs at once. */
  ByteBuffer memory(String map);

  /** The value of a key of a hash. */
  Optional<byte[]> lookup(String map, byte[] key);

  /** Takes a key out of a hash; false if it was not there. */
  boolean delete(String map, byte[] key);

  /** Puts a value on a stack. */
  void push(String map, byte[] value);

  /** Takes the value that was pushed last. */
  Optional<byte[]> pop(String map);
}
