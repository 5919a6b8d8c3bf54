package org.uidnet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.model.Json;

/** A request's body, read when asked for and never beyond the limit. */
final class Body {
  /** Recordings of phones have some hundred KiB. */
  private static final int MAX_FILE = 64 << 20;

  private final Request request;
  private final Type type;
  private final int maxBytes;
  private final Duration time;

  /**
   * Not read yet.
   *
   * @param limits of JSON
   */
  Body(Request request, Type type, Limits limits) {
    this.request = request;
    this.type = type;
    maxBytes = type == Type.FILE ? MAX_FILE : limits.bodyBytes();
    time = limits.requestTime();
  }

  /** What a route takes. */
  enum Type {
    JSON("application/json", "as JSON"),
    FILE("application/octet-stream", "as it is");

    private final String mime;
    private final String how;

    Type(String mime, String how) {
      this.mime = mime;
      this.how = how;
    }
  }

  /** Refuses, before anything is read, what is announced as too long or as something else. */
  void check() {
    if (request.getLength() > maxBytes) {
      throw tooLong();
    }
    if (isPresent() && !isOfType()) {
      throw Refusal.of(
          ProblemType.WRONG_CONTENT_TYPE,
          "Send the body %s, with Content-Type: %s.".formatted(type.how, type.mime));
    }
  }

  /** The bytes of a file as they come; they end with a refusal if they are too many. */
  InputStream stream() {
    return new FilterInputStream(Content.Source.asInputStream(request)) {
      private int left = maxBytes;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int count = in.read(to, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
          throw tooLong();
        }
        return count;
      }
    };
  }

  /** For writes that take no fields: no body, or an empty JSON object. */
  void requireNoFields() {
    byte[] bytes = bytes();
    if (bytes.length > 0) {
      parseAny(bytes, NoFields.class);
    }
  }

  /** The fields of a write, as a record of optional ones. */
  <T> T read(Class<T> type) {
    return parse(bytes(), type);
  }

  /** The same of a write that needs no fields. */
  <T> T readOr(Class<T> type, T ifEmpty) {
    byte[] bytes = bytes();
    return bytes.length == 0 ? ifEmpty : parse(bytes, type);
  }

  /** The same of bytes that came in another way. */
  static <T> T parse(byte[] bytes, Class<T> type) {
    T fields = bytes.length == 0 ? null : parseAny(bytes, type);
    if (fields == null) {
      throw Refusal.of(
          ProblemType.INVALID_BODY, "The body is empty; send the fields as a JSON object.");
    }
    return fields;
  }

  private boolean isPresent() {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private boolean isOfType() {
    String given = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return given != null
        && MimeTypes.getContentTypeWithoutCharset(given).equalsIgnoreCase(type.mime);
  }

  private byte[] bytes() {
    Scheduler.Task cut = request.getComponents().getScheduler().schedule(this::cut, time);
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLong();
      }
      return bytes;
    } catch (IOException e) {
      throw endedEarly();
    } finally {
      cut.cancel();
    }
  }

  /** Whoever waits for more learns that it ended. */
  private void cut() {
    request.fail(new TimeoutException("the body did not come in time"));
  }

  /** Null is what JSON's {@code null} becomes. */
  private static <T> @Nullable T parseAny(byte[] bytes, Class<T> type) {
    try {
      return Strict.MAPPER.readValue(bytes, type);
    } catch (UnrecognizedPropertyException e) {
      throw Refusal.badField(path(e), "Unknown field '" + path(e) + "'.");
    } catch (InvalidNullException e) {
      throw nullItem(path(e).replaceFirst("\\.?\\[\\d+]$", ""));
    } catch (JsonMappingException e) {
      throw wrongValue(path(e), "Wrong type or value" + at(e) + ".");
    } catch (JsonProcessingException e) {
      throw Refusal.of(ProblemType.INVALID_BODY, "The body is not JSON" + at(e) + ".");
    } catch (CharConversionException e) {
      throw Refusal.of(ProblemType.INVALID_BODY, "The body is not JSON in UTF-8.");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static Refusal nullItem(String list) {
    return Refusal.badField(list, "'" + list + "' has an item that is null.");
  }

  private static Refusal wrongValue(String path, String detail) {
    return path.isEmpty()
        ? Refusal.of(ProblemType.INVALID_BODY, detail)
        : Refusal.badField(path, detail);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String at(JsonProcessingException e) {
    var location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  static Refusal endedEarly() {
    return Refusal.of(ProblemType.INVALID_BODY, "The request's body ended early.");
  }

  private Refusal tooLong() {
    return Refusal.of(ProblemType.BODY_TOO_LONG, "The body is longer than " + maxBytes + " bytes.");
  }

  private record NoFields() {}

  /** Made with the first body that comes: most requests have none. */
  private static final class Strict {
    static final ObjectMapper MAPPER = Json.strict();
  }
}
