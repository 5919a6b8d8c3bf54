package org.uidnet.stats.android;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a zip archive as they come. Counts them and remembers the last ones, which hold the
 * archive's end:
 *
 * <pre>
 *  signature u32 | disks 2 x u16 | entries here u16 | entries u16 | size, place of directory 2 x u32 |
 *  length of comment u16 | comment
 * </pre>
 *
 * All numbers are little-endian.
 */
final class ArchiveInput extends InputStream {
  private static final int SIGNATURE = 0x06054b50;
  private static final int ENTRIES_AT = 10;
  private static final int COMMENT_LENGTH_AT = 20;
  private static final int END_SIZE = 22;

  /** The longest comment is 65,535 bytes. A power of two, since each byte goes through here. */
  private static final int REMEMBERED = 1 << 17;

  private final InputStream in;
  private final byte[] ring = new byte[REMEMBERED];
  private long offset;

  ArchiveInput(InputStream in) {
    this.in = in;
  }

  long offset() {
    return offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = in.read(bytes, from, length);
    for (int i = 0; i < count; i++) {
      ring[(int) (offset++ & (REMEMBERED - 1))] = bytes[from + i];
    }
    return count;
  }

  void drain() throws IOException {
    byte[] rest = new byte[8192];
    while (read(rest, 0, rest.length) != -1) {
      // Only the last ones matter.
    }
  }

  /** How many entries the archive's end tells of, now that all was read; 0 if there is no end. */
  int listedEntries() {
    ByteBuffer last = last();
    for (int at = last.capacity() - END_SIZE; at >= 0; at--) {
      int after = last.capacity() - at - END_SIZE;
      if (last.getInt(at) == SIGNATURE && u16(last, at + COMMENT_LENGTH_AT) == after) {
        return u16(last, at + ENTRIES_AT);
      }
    }
    return 0;
  }

  private ByteBuffer last() {
    int size = (int) Math.min(offset, REMEMBERED);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = ring[(int) ((offset - size + i) & (REMEMBERED - 1))];
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int u16(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
