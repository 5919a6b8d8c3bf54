package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.uidnet.programs.DatapathException;

/**
 * Reads a ring buffer where it is, without a system call ({@code kernel/bpf/ringbuf.c}). Two areas
 * are mapped, the second read-only, and the data twice in a row so that no record is ever broken:
 *
 * <pre>
 * | consumer position: u64, a page |
 * | producer position: u64, a page | data | data again |
 *
 * record: | length: 30 bits, discarded: 1, busy: 1 | page offset: u32 | bytes, padded to 8 |
 * </pre>
 *
 * <p>For one reader.
 */
public final class Ring {
  private static final int HEADER = 8;
  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;

  private final ByteBuffer consumer;
  private final ByteBuffer producer;
  private final int page;
  private final int size;

  /**
   * Views both areas.
   *
   * @param page size of a page
   * @param size bytes of data, a power of two
   */
  public Ring(ByteBuffer consumer, ByteBuffer producer, int page, int size) {
    this.consumer = consumer;
    this.producer = producer;
    this.page = page;
    this.size = size;
  }

  /**
   * Hands over what is there at the call, and not what comes meanwhile: in a flood there would be
   * no end to it. A record is valid until its call returns, and never handed over twice, whatever
   * comes of the call.
   *
   * @throws DatapathException if this is no ring buffer; what is in it is given up
   */
  public int poll(Consumer<ByteBuffer> to) {
    int count = 0;
    long at = Words.getLong(consumer, 0);
    long end = Words.getLong(producer, 0);
    require(isPlace(at) && isPlace(end) && end - at >= 0 && end - at <= size, at, end);
    while (at < end) {
      int where = page + (int) (at & (size - 1));
      int header = Words.getInt(producer, where);
      if ((header & BUSY) != 0) {
        break; // its writer has not finished; what is behind it comes with the next round
      }
      int length = header & ~DISCARDED;
      long next = at + ((HEADER + length + 7) & -8);
      require(next <= end, next, end);
      try {
        if ((header & DISCARDED) == 0) {
          to.accept(producer.slice(where + HEADER, length).order(producer.order()));
          count++;
        }
      } finally {
        Words.setLong(consumer, 0, next); // from here on it may be overwritten
      }
      at = next;
    }
    return count;
  }

  private static boolean isPlace(long position) {
    return position % HEADER == 0;
  }

  /** Given up, so that the next round can read what comes after it. */
  private void require(boolean condition, long at, long end) {
    if (!condition) {
      Words.setLong(consumer, 0, end);
      throw new DatapathException(
          "cannot read a ring buffer of %d bytes: expected whole records up to byte %d, found byte %d"
              .formatted(size, end, at));
    }
  }
}
