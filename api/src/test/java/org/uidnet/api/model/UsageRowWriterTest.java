package org.uidnet.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Kind;

class UsageRowWriterTest {
  private static final Traffic TRAFFIC = new Traffic(1, 2, 3, Long.MAX_VALUE);

  private static final UsageRow WHOLE =
      new UsageRow(
          Optional.of(Kind.UID),
          Optional.of(4_294_967_294L),
          Optional.of("\"ann\"\n"),
          Optional.of(CounterSet.FOREGROUND),
          Optional.of(7L),
          Optional.of("eth0"),
          Optional.of("home"),
          Optional.of("wifi"),
          Optional.of(true),
          Optional.of(false),
          Optional.of(true),
          Optional.of(9L),
          Optional.of(LocalDate.parse("2026-02-28")),
          Optional.of(true),
          TRAFFIC,
          Optional.of(5L));

  private static final UsageRow EMPTY =
      new UsageRow(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TRAFFIC,
          Optional.empty());

  @Test
  void row_isReadAsItWas() throws JsonProcessingException {
    for (UsageRow row : new UsageRow[] {WHOLE, EMPTY}) {
      String text = Json.LENIENT.writeValueAsString(row);

      assertThat(Json.LENIENT.readValue(text, UsageRow.class)).as(text).isEqualTo(row);
    }
  }

  @Test
  void bucket_holdsItsRowsFields() throws JsonProcessingException {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");

    assertThat(Json.LENIENT.writeValueAsString(new UsageBucket(start, start.plusSeconds(1), EMPTY)))
        .isEqualTo(
            "{\"start\":\"2026-03-01T12:00:00Z\",\"end\":\"2026-03-01T12:00:01Z\",\"rxBytes\":1,"
                + "\"rxPackets\":2,\"txBytes\":3,\"txPackets\":9223372036854775807}");
  }
}
