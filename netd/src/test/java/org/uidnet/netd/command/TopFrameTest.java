package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.api.model.Json;
import org.uidnet.netd.command.Rates.Rate;
import org.uidnet.netd.command.TopFrame.Size;

class TopFrameTest {
  private static final String TRUTH =
      "[{'iface':'lo','direction':'rx','unattributed':{'bytes':0}},"
          + "{'iface':'lo','direction':'tx','unattributed':{'bytes':0}},"
          + "{'iface':'eth0','direction':'rx','unattributed':{'bytes':2048}},"
          + "{'iface':'eth0','direction':'tx','unattributed':{'bytes':-52}}]";

  private static JsonNode json(String text) {
    try {
      return Json.LENIENT.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Rate rate(long uid, String name, double down, double up) {
    String line =
        "{'kind':'uid','uid':%d,'name':'%s','rxBytes':1073741824,'txBytes':52428800}"
            .formatted(uid, name);
    return new Rate(Line.of(json(line)), down, up);
  }

  private static TopFrame frame(List<Rate> rates) {
    return new TopFrame(
        "2026-03-02 12:00:01",
        "2026-03-01 00:00:00",
        true,
        rates,
        json(TRUTH),
        Units.IEC,
        Style.PLAIN);
  }

  @Test
  void lines_at80Columns() {
    TopFrame frame =
        frame(
            List.of(
                rate(4294967294L, "somebody-with-a-long-name", 1048576, 1000),
                rate(0, "root", 0, 0)));

    assertThat(String.join("\n", frame.lines(new Size(80, 24))))
        .isEqualTo(
            """
            SIMULATED uidnet top  simulated 2026-03-02 12:00:01, boot of 2026-03-01 00:00:00
            all: down 1.00 MiB/s, up 1000 B/s, 1 of 2 UIDs active

                   UID  NAME                     DOWN/S         UP/S   RECEIVED       SENT
            4294967294  somebody-with-a-l…   1.00 MiB/s     1000 B/s   1.00 GiB   50.0 MiB
                     0  root                      0 B/s        0 B/s   1.00 GiB   50.0 MiB

            unattributed: lo ↓0 B ↑0 B · eth0 ↓2.00 KiB ↑-52 B""");
  }

  @Test
  void lines_at200ColumnsHaveBars() {
    List<String> lines =
        frame(List.of(rate(1000, "alice", 100, 0), rate(7, "b", 50, 0))).lines(new Size(200, 50));

    assertThat(lines.get(4)).endsWith("█".repeat(40));
    assertThat(lines.get(5)).endsWith("  " + "█".repeat(20));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 109, 110, 120, 200, 300})
  void lines_neverWiderOrHigherThanTheScreen(int columns) {
    List<Rate> rates =
        IntStream.range(0, 100)
            .mapToObj(i -> rate(4294967000L + i, "n".repeat(60), 1023e9, 1023e9))
            .collect(Collectors.toList());

    List<String> lines = frame(rates).lines(new Size(columns, 24));

    assertThat(lines).hasSizeLessThanOrEqualTo(24);
    assertThat(lines).allMatch(line -> Text.width(line) <= columns);
  }
}
