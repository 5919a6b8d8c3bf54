package org.uidnet.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.uidnet.api.model.Json;

/** How events are written. */
enum StreamFormat {
  /** Server-sent events, as browsers read them (WHATWG HTML, 9.2). */
  EVENT_STREAM("text/event-stream", ":\n\n") {
    @Override
    String text(StreamEvent event) {
      return "event: "
          + event.name()
          + "\n"
          + event.id().map(id -> "id: " + id + "\n").orElse("")
          + "data: "
          + json(event.body().get())
          + "\n\n";
    }
  },

  /** One JSON object a line; empty lines are heartbeats. */
  JSON_LINES("application/x-ndjson", "\n") {
    @Override
    String text(StreamEvent event) {
      return json(new Line(event.name(), event.id(), event.body().get())) + "\n";
    }
  };

  /** The parameter that asks for one. */
  static final String PARAMETER = "format";

  private final String contentType;
  private final String heartbeat;

  StreamFormat(String contentType, String heartbeat) {
    this.contentType = contentType;
    this.heartbeat = heartbeat;
  }

  private record Line(String event, Optional<String> id, @JsonUnwrapped Object body) {}

  abstract String text(StreamEvent event);

  String contentType() {
    return contentType;
  }

  byte[] bytes(StreamEvent event) {
    return text(event).getBytes(StandardCharsets.UTF_8);
  }

  /** Means nothing, but keeps the connection, and finds out whether it is one. */
  byte[] heartbeat() {
    return heartbeat.getBytes(StandardCharsets.UTF_8);
  }

  private static String json(Object body) {
    try {
      return Json.LENIENT.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + body.getClass(), e);
    }
  }

  /** What the parameter asks for, if it is there. */
  static Optional<StreamFormat> of(Query query) {
    return query.one(PARAMETER).map(StreamFormat::named);
  }

  private static StreamFormat named(String text) {
    return switch (text) {
      case "jsonl" -> JSON_LINES;
      case "sse" -> EVENT_STREAM;
      default -> throw Refusal.badField(PARAMETER, "'" + text + "' is not one of jsonl, sse.");
    };
  }

  /** What a client that has not asked for one accepts, by its header {@code Accept}. */
  static StreamFormat accepted(List<String> types) {
    return types.stream().anyMatch(type -> type.startsWith(JSON_LINES.contentType))
        ? JSON_LINES
        : EVENT_STREAM;
  }
}
