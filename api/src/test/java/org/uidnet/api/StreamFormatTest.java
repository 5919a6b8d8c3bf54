package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.Gap;

class StreamFormatTest {
  private static final StreamEvent EVENT =
      StreamEvent.of("packet", "boot-7", () -> new Body("two\nlines \"é\"", Optional.empty()));

  private record Body(String text, Optional<Long> absent) {}

  @Test
  void eventStream_hasOneLineOfData_whateverIsInIt() {
    assertThat(StreamFormat.EVENT_STREAM.text(EVENT))
        .isEqualTo("event: packet\nid: boot-7\ndata: {\"text\":\"two\\nlines \\\"é\\\"\"}\n\n");
  }

  @Test
  void gap_hasNoId_soThatTheLastOneStays() {
    StreamEvent gap = StreamEvent.of(Gap.of(Gap.Cause.SLOW_CLIENT, 3));

    assertThat(StreamFormat.EVENT_STREAM.text(gap))
        .isEqualTo("event: gap\ndata: {\"cause\":\"SLOW_CLIENT\",\"count\":3}\n\n");
    assertThat(StreamFormat.JSON_LINES.text(gap))
        .isEqualTo("{\"event\":\"gap\",\"cause\":\"SLOW_CLIENT\",\"count\":3}\n");
  }

  @Test
  void jsonLines_nameTheEventInEachObject() {
    assertThat(StreamFormat.JSON_LINES.text(EVENT))
        .isEqualTo("{\"event\":\"packet\",\"id\":\"boot-7\",\"text\":\"two\\nlines \\\"é\\\"\"}\n");
  }

  @Test
  void parameter_choosesTheFormat() {
    assertThat(StreamFormat.of(query("jsonl"))).contains(StreamFormat.JSON_LINES);
    assertThat(StreamFormat.of(query("sse"))).contains(StreamFormat.EVENT_STREAM);
    assertThat(StreamFormat.of(new Query(Map.of()))).isEmpty();
    assertThatThrownBy(() -> StreamFormat.of(query("xml")))
        .hasMessage("'xml' is not one of jsonl, sse.");
  }

  @Test
  void header_choosesTheFormat_andBrowsersGetEvents() {
    assertThat(StreamFormat.accepted(List.of())).isEqualTo(StreamFormat.EVENT_STREAM);
    assertThat(StreamFormat.accepted(List.of("text/event-stream")))
        .isEqualTo(StreamFormat.EVENT_STREAM);
    assertThat(StreamFormat.accepted(List.of("*/*"))).isEqualTo(StreamFormat.EVENT_STREAM);
    assertThat(StreamFormat.accepted(List.of("application/x-ndjson", "*/*")))
        .isEqualTo(StreamFormat.JSON_LINES);
  }

  private static Query query(String format) {
    return new Query(Map.of("format", List.of(format)));
  }
}
