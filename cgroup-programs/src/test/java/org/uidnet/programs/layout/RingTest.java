package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.DatapathException;

/** What comes of records that nobody can read; any bytes are {@link RingFuzzTest}'s. */
class RingTest {
  private static final int PAGE = 64;
  private static final int SIZE = 64;

  private final ByteBuffer consumer = memory(PAGE);
  private final ByteBuffer producer = memory(PAGE + 2 * SIZE);
  private final Ring ring = new Ring(consumer, producer, PAGE, SIZE);

  private static ByteBuffer memory(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /** A record of eight bytes behind those that are there. */
  private void write(long value) {
    int end = (int) producer.getLong(0);
    producer.putInt(PAGE + end, Long.BYTES).putLong(PAGE + end + 8, value);
    producer.putLong(0, end + 16);
  }

  /** It would have been all that anybody hears of, again and again. */
  @Test
  void poll_recordThatIsNotTaken_isNotHandedOverAgain() {
    write(1);
    write(2);
    List<Long> taken = new ArrayList<>();

    assertThatThrownBy(() -> ring.poll(RingTest::refuse)).isInstanceOf(DatapathException.class);
    ring.poll(record -> taken.add(record.getLong()));

    assertThat(taken).containsExactly(2L);
  }

  private static void refuse(ByteBuffer record) {
    throw new DatapathException("cannot read " + record.getLong());
  }

  @Test
  void poll_recordBeyondTheEnd_isTold_andGivenUpWithAllThatIsThere() {
    write(1);
    producer.putInt(PAGE, 40);

    assertThatThrownBy(() -> ring.poll(record -> {}))
        .isInstanceOf(DatapathException.class)
        .hasMessage(
            "cannot read a ring buffer of 64 bytes: expected whole records up to byte 16, found byte 48");
    write(2);

    assertThat(ring.poll(record -> assertThat(record.getLong()).isEqualTo(2))).isEqualTo(1);
  }
}
