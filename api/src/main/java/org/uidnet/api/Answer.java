package org.uidnet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.uidnet.api.model.Json;

/** What goes back; rendered, so that sending it cannot fail for a reason of ours. */
@FunctionalInterface
interface Answer {
  /** Sends itself and completes {@code callback}, now or later. */
  void send(Request request, Response response, Callback callback);

  static Answer json(Object body) {
    return bytes(200, "application/json", Map.of(), render(body));
  }

  static Answer text(String contentType, byte[] text) {
    return bytes(200, contentType, Map.of(), text);
  }

  static Answer problem(Refusal refusal) {
    return bytes(
        refusal.problem().status(),
        "application/problem+json",
        refusal.headers(),
        render(refusal.problem()));
  }

  private static Answer bytes(
      int status, String contentType, Map<String, String> headers, byte[] body) {
    return (request, response, callback) -> {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
      headers.forEach(response.getHeaders()::put);
      response.write(true, ByteBuffer.wrap(body), callback);
    };
  }

  private static byte[] render(Object body) {
    try {
      return Json.LENIENT.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + body.getClass(), e);
    }
  }
}
