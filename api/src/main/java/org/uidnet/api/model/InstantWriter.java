package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes times as {@link Instant#toString} does, those of whole seconds without a formatter and
 * each day only once in a row: a history has thousands of times, and formatting them took a third
 * of the time of its answer.
 */
final class InstantWriter extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1;
  private static final int SECONDS_OF_DAY = 86_400;

  /** Replaced as a whole, so that any thread may. */
  private transient volatile Day last = new Day(0);

  /**
   * @param sinceEpoch its number
   * @param midnight as text
   */
  private record Day(long sinceEpoch, String midnight) {
    private static final int FOUR_DIGITS = "1970-01-01T00:00:00Z".length();

    Day(long sinceEpoch) {
      this(sinceEpoch, LocalDate.ofEpochDay(sinceEpoch) + "T00:00:00Z");
    }

    boolean hasFourDigits() {
      return midnight.length() == FOUR_DIGITS;
    }

    char[] at(int second) {
      char[] text = midnight.toCharArray();
      put(text, 11, second / 3600);
      put(text, 14, second / 60 % 60);
      put(text, 17, second % 60);
      return text;
    }

    private static void put(char[] text, int at, int twoDigits) {
      text[at] = (char) ('0' + twoDigits / 10);
      text[at + 1] = (char) ('0' + twoDigits % 10);
    }
  }

  InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    Day day = day(Math.floorDiv(value.getEpochSecond(), SECONDS_OF_DAY));
    if (value.getNano() == 0 && day.hasFourDigits()) {
      char[] text = day.at(Math.floorMod(value.getEpochSecond(), SECONDS_OF_DAY));
      out.writeString(text, 0, text.length);
    } else {
      out.writeString(value.toString());
    }
  }

  private Day day(long sinceEpoch) {
    Day day = last;
    if (day.sinceEpoch() != sinceEpoch) {
      day = new Day(sinceEpoch);
      last = day;
    }
    return day;
  }
}
