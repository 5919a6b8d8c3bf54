package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes times as {@link Instant#toString} does, those of whole seconds without a formatter: a
 * history has thousands of them, and formatting them took a third of the time of its answer.
 */
final class InstantWriter extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1;
  private static final String PATTERN = "0000-00-00T00:00:00Z";
  private static final int LAST_YEAR = 9999;

  InstantWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
    if (value.getNano() == 0 && hasFourDigits(time.getYear())) {
      char[] text = text(time);
      out.writeString(text, 0, text.length);
    } else {
      out.writeString(value.toString());
    }
  }

  private static boolean hasFourDigits(int year) {
    return year >= 0 && year <= LAST_YEAR;
  }

  private static char[] text(LocalDateTime time) {
    char[] text = PATTERN.toCharArray();
    put(text, 0, time.getYear() / 100);
    put(text, 2, time.getYear() % 100);
    put(text, 5, time.getMonthValue());
    put(text, 8, time.getDayOfMonth());
    put(text, 11, time.getHour());
    put(text, 14, time.getMinute());
    put(text, 17, time.getSecond());
    return text;
  }

  private static void put(char[] text, int at, int twoDigits) {
    text[at] = (char) ('0' + twoDigits / 10);
    text[at + 1] = (char) ('0' + twoDigits % 10);
  }
}
