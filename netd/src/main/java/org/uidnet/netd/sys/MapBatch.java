package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.function.BiConsumer;

/**
 * Reads a keyed map some entries a call. The kernel answers hashes bucket by bucket, so that
 * changes do not disturb it. In tries it walks from key to key: where the key that it stands on is
 * deleted it may begin again or pass over others, so whoever wants all of a trie must not change it
 * meanwhile. Not thread-safe.
 */
public final class MapBatch implements AutoCloseable {
  private static final int MAP_LOOKUP_BATCH = 24;

  /** The kernel's place in a hash is a bucket number, elsewhere a key. */
  private static final int SMALLEST_CURSOR = Integer.BYTES;

  private final Fd map;
  private final int keySize;
  private final int valueSize;
  private final int most;
  private final Memory cursor;
  private final Memory keys;
  private final Memory values;
  private boolean begun;
  private int count;

  /** Makes room for so many entries a call. */
  public MapBatch(Fd map, int keySize, int valueSize, int most) {
    this.map = map;
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.most = most;
    cursor = Attr.zeroed(Math.max(SMALLEST_CURSOR, keySize));
    keys = new Memory((long) most * keySize);
    values = new Memory((long) most * valueSize);
  }

  /** Reads on from where the last call ended; false if nothing is behind it. */
  public boolean read() {
    Attr attr = new Attr(56).pointer(8, cursor).pointer(16, keys).pointer(24, values);
    if (begun) {
      attr.pointer(0, cursor);
    }
    long result = attr.u32(32, most).fd(36, map).call(MAP_LOOKUP_BATCH);
    int errno = result < 0 ? Errno.last() : 0;
    if (result < 0 && errno != Errno.ENOENT && errno != Errno.EINTR) {
      throw new SysException("read the entries of a map", errno);
    }
    begun = true;
    count = attr.u32(32);
    return errno != Errno.ENOENT;
  }

  /** What the last call has read. */
  public void forEach(BiConsumer<byte[], byte[]> use) {
    for (int i = 0; i < count; i++) {
      use.accept(element(keys, i, keySize), element(values, i, valueSize));
    }
  }

  private static byte[] element(Pointer from, int number, int size) {
    return from.getByteArray((long) number * size, size);
  }

  @Override
  public void close() {
    cursor.close();
    keys.close();
    values.close();
  }
}
