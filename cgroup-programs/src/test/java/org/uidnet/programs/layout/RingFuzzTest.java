package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Ring buffers and the records in them: whatever the bytes are, the reader comes to an end, hands
 * over only what lies inside, and is either done or says in a {@link DatapathException} what is
 * wrong where.
 *
 * <p>An input is both positions and the data, repeated as often as it takes.
 */
class RingFuzzTest extends FuzzContract {
  private static final int PAGE = 64;
  private static final int SIZE = 512;

  RingFuzzTest() {
    super("ring", 2000, RingFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    poll(input, RingFuzzTest::requireInside);
    poll(input, EventReader::read);
    poll(input, TraceReader::read);
  }

  private static void requireInside(ByteBuffer record) {
    assertThat(record.remaining()).isLessThanOrEqualTo(SIZE);
  }

  private static void poll(byte[] input, Consumer<ByteBuffer> to) {
    ByteBuffer consumer = memory(PAGE);
    ByteBuffer producer = memory(PAGE + 2 * SIZE);
    ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.nativeOrder());
    if (bytes.remaining() < 2 * Long.BYTES) {
      return;
    }
    consumer.putLong(0, bytes.getLong());
    producer.putLong(0, bytes.getLong());
    fill(producer, bytes);
    try {
      int records = new Ring(consumer, producer, PAGE, SIZE).poll(to);
      assertThat(records).isBetween(0, SIZE / Long.BYTES);
    } catch (DatapathException e) {
      assertThat(e).hasMessageMatching("(?s)cannot read .*: .*");
    }
  }

  private static ByteBuffer memory(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  private static void fill(ByteBuffer producer, ByteBuffer bytes) {
    for (int at = 0; bytes.hasRemaining() && at < SIZE; at++) {
      byte value = bytes.get();
      producer.put(PAGE + at, value).put(PAGE + SIZE + at, value);
    }
  }
}
