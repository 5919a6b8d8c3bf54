package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Writes times as {@link Instant#toString} does, those of whole seconds without a formatter, each
 * day only once in a row, and the end of a bucket, which is the start of the next, only once: a
 * history has thousands of times, and formatting them took a third of the time of its answer.
 */
final class InstantWriter extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1;
  private static final int SECONDS_OF_DAY = 86_400;

  /** Replaced as a whole, so that any thread may. */
  private transient volatile Second last = Second.at(0);

  /** A whole second, and how it is written. */
  private static final class Second {
    private static final int FOUR_DIGITS = "1970-01-01T00:00:00Z".length();

    private final long sinceEpoch;
    private final long day;
    private final char[] text;

    private Second(long sinceEpoch, long day, char[] textOfDay) {
      this.sinceEpoch = sinceEpoch;
      this.day = day;
      text = textOfDay;
      if (hasFourDigits()) {
        putTime((int) (sinceEpoch - day * SECONDS_OF_DAY));
      }
    }

    static Second at(long sinceEpoch) {
      long day = dayOf(sinceEpoch);
      return new Second(sinceEpoch, day, (LocalDate.ofEpochDay(day) + "T00:00:00Z").toCharArray());
    }

    Second next(long other) {
      if (other == sinceEpoch) {
        return this;
      }
      return dayOf(other) == day
          ? new Second(other, day, Arrays.copyOf(text, text.length))
          : at(other);
    }

    private static long dayOf(long second) {
      return Math.floorDiv(second, SECONDS_OF_DAY);
    }

    /** Other years are written with a sign, as the formatter does. */
    boolean hasFourDigits() {
      return text.length == FOUR_DIGITS;
    }

    private void putTime(int second) {
      put(11, second / 3600);
      put(14, second / 60 % 60);
      put(17, second % 60);
    }

    private void put(int at, int twoDigits) {
      text[at] = (char) ('0' + twoDigits / 10);
      text[at + 1] = (char) ('0' + twoDigits % 10);
    }

    void write(JsonGenerator out) throws IOException {
      out.writeString(text, 0, text.length);
    }
  }

  InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    Second second = last.next(value.getEpochSecond());
    last = second;
    if (value.getNano() == 0 && second.hasFourDigits()) {
      second.write(out);
    } else {
      out.writeString(value.toString());
    }
  }
}
