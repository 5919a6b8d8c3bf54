package org.uidnet.programs;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.uidnet.programs.layout.Ring;
import org.uidnet.programs.object.Bytes;

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

  /** What a keyed map holds; entries that change meanwhile may be missing. */
  Map<Bytes, Bytes> entries(String map);

  /** Makes or replaces. */
  void put(String map, byte[] key, byte[] value);

  /** Makes; false if the key is there. */
  boolean insert(String map, byte[] key, byte[] value);

  /** Takes a key out of a hash; false if it was not there. */
  boolean delete(String map, byte[] key);

  /** Puts a value on a stack. */
  void push(String map, byte[] value);

  /** Takes the value that was pushed last. */
  Optional<byte[]> pop(String map);

  /** A ring buffer, to be read by one thread. */
  Ring ring(String map);

  /** Returns when the ring buffer has records, or after so many milliseconds. */
  void awaitRing(String map, int milliseconds);
}
