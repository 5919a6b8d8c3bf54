package org.uidnet.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** An answer that goes on: events of a source, until the client goes or the server stops. */
final class StreamAnswer implements Answer {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private static final int IGNORED_BYTES = 512;

  private final Streams streams;
  private final Caller caller;
  private final Optional<StreamFormat> asked;
  private final int backlog;
  private final StreamSource source;

  /**
   * Not sent yet.
   *
   * @param backlog events that may wait for the client
   * @throws Refusal if the query asks for a format that there is not
   */
  StreamAnswer(Streams streams, Call call, int backlog, StreamSource source) {
    this.streams = streams;
    this.backlog = backlog;
    this.source = source;
    caller = call.caller();
    asked = StreamFormat.of(call.query());
  }

  @Override
  public void send(Request request, Response response, Callback callback) {
    StreamFormat format = asked.orElseGet(() -> StreamFormat.accepted(accepted(request)));
    if (HttpMethod.HEAD.is(request.getMethod())) {
      putHeaders(response, format);
      callback.succeeded();
      return;
    }
    var client = new EventStream.Client(response, hasGone(request), callback);
    try {
      EventStream stream = streams.open(caller, format, backlog, client);
      putHeaders(response, format);
      begin(stream, Optional.ofNullable(request.getHeaders().get(LAST_EVENT_ID)));
    } catch (Refusal e) {
      Answer.problem(e).send(request, response, callback);
    }
  }

  private static List<String> accepted(Request request) {
    return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT);
  }

  /** No other request may follow on this connection: what comes is thrown away, see below. */
  private static void putHeaders(Response response, StreamFormat format) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.contentType());
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
  }

  private void begin(EventStream stream, Optional<String> lastEventId) {
    try {
      stream.begin(source, lastEventId);
    } catch (RuntimeException e) {
      streams.forget(stream);
      throw e;
    }
  }

  /**
   * Looks whether the client has closed the connection: a server of HTTP/1.1 reads nothing while it
   * answers, and would find out only by writing.
   */
  private static BooleanSupplier hasGone(Request request) {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    ByteBuffer ignored = BufferUtil.allocate(IGNORED_BYTES);
    return () -> {
      try {
        BufferUtil.clear(ignored);
        return connection.fill(ignored) < 0;
      } catch (IOException e) {
        return true;
      }
    };
  }
}
