package org.uidnet.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.uidnet.api.HostPort;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.PollOutcome;
import org.uidnet.api.model.ProblemDetail;
import org.uidnet.api.model.Status;
import org.uidnet.api.model.TruthReport;
import org.uidnet.api.model.UsageHistory;
import org.uidnet.api.model.UsageSinceBoot;
import org.uidnet.api.model.UsageSummary;

/**
 * Asks a daemon. Every request has a connection of its own, so there is nothing to close.
 *
 * <p>Methods throw {@link NoDaemonException} if nobody listens, {@link AccessDeniedException} if
 * the socket may not be reached, {@link ProblemException} if the daemon refuses, and other {@link
 * IOException}s if the connection breaks. Thread-safe.
 */
public final class UidnetClient {
  /** Where the daemon that a package starts listens. */
  public static final Path HOST_SOCKET = Path.of("/run/uidnet/api.sock");

  private static final byte[] NO_BODY = {};

  private final SocketAddress address;
  private final String name;
  private final Map<String, String> headers;

  private UidnetClient(SocketAddress address, String name, Map<String, String> headers) {
    this.address = address;
    this.name = name;
    this.headers = headers;
  }

  /** Over the unix socket of the daemon that a package starts. */
  public static UidnetClient ofHost() {
    return overSocket(HOST_SOCKET);
  }

  /** Over the unix socket {@code api.sock}; the daemon knows the caller's UID. */
  public static UidnetClient overSocket(Path socket) {
    return new UidnetClient(
        UnixDomainSocketAddress.of(socket), socket.toString(), headers("localhost"));
  }

  /** Over TCP with a token. */
  public static UidnetClient overTcp(HostPort http, String token) {
    Map<String, String> headers = headers(http.toString());
    headers.put("Authorization", "Bearer " + token);
    return new UidnetClient(http.address(), http.toString(), headers);
  }

  public Health health() throws IOException {
    return send(ApiRequest.health());
  }

  public Status status() throws IOException {
    return send(ApiRequest.status());
  }

  public UsageSummary summary(UsageQuery query) throws IOException {
    return send(ApiRequest.summary(query));
  }

  public UsageHistory history(UsageQuery query) throws IOException {
    return send(ApiRequest.history(query));
  }

  public UsageSinceBoot sinceBoot(UsageQuery query) throws IOException {
    return send(ApiRequest.sinceBoot(query));
  }

  public TruthReport truth(UsageQuery query) throws IOException {
    return send(ApiRequest.truth(query));
  }

  public PollOutcome poll() throws IOException {
    return send(ApiRequest.poll());
  }

  /** The answer as a record; fields that it does not have are ignored. */
  public <T> T send(ApiRequest<T> request) throws IOException {
    return Json.LENIENT.readValue(body(request), request.answer());
  }

  /** The answer as it came, with fields of newer daemons. */
  public JsonNode json(ApiRequest<?> request) throws IOException {
    return Json.LENIENT.readTree(body(request));
  }

  /** Writes the answer as it comes. If it throws, what was written is not the whole of it. */
  public void download(ApiRequest<byte[]> request, OutputStream to) throws IOException {
    try (SocketChannel channel = connect()) {
      Exchange.Opened answer =
          Exchange.open(channel, request.method(), request.target(), headers, NO_BODY);
      if (answer.status() >= 300) {
        throw new ProblemException(problem(answer.whole()));
      }
      answer.body().transferTo(to);
    }
  }

  /** Events as they come; whoever asks closes it. */
  public EventReader events(ApiRequest<?> request) throws IOException {
    SocketChannel channel = connect();
    try {
      Exchange.Opened answer =
          Exchange.open(channel, "GET", request.target(), forEvents(), NO_BODY);
      if (answer.status() >= 300) {
        throw new ProblemException(problem(answer.whole()));
      }
      return new EventReader(channel, answer.body());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private Map<String, String> forEvents() {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put("Accept", "application/x-ndjson");
    return changed;
  }

  private String body(ApiRequest<?> request) throws IOException {
    Exchange.Response response;
    try (SocketChannel channel = connect()) {
      byte[] body = bytes(request);
      Map<String, String> headers = with(body, isFile(request));
      response = Exchange.of(channel, request.method(), request.target(), headers, body);
    }
    if (response.status() >= 300) {
      throw new ProblemException(problem(response));
    }
    return response.body();
  }

  private static byte[] bytes(ApiRequest<?> request) throws IOException {
    Object body = request.body().orElse(NO_BODY);
    return body instanceof byte[] bytes ? bytes : Json.LENIENT.writeValueAsBytes(body);
  }

  private static boolean isFile(ApiRequest<?> request) {
    return request.body().filter(body -> body instanceof byte[]).isPresent();
  }

  private Map<String, String> with(byte[] body, boolean file) {
    if (body.length == 0) {
      return headers;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("Content-Type", file ? "application/octet-stream" : "application/json");
    more.put("Content-Length", Integer.toString(body.length));
    return more;
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(address);
    } catch (IOException e) {
      throw cannotConnect(e);
    }
  }

  private IOException cannotConnect(IOException e) {
    // The JDK has no type of its own for EACCES here.
    return "Permission denied".equals(e.getMessage())
        ? new AccessDeniedException(name, null, "this user may not reach the daemon's socket")
        : new NoDaemonException(
            "no daemon answers on " + name + " (" + e.getMessage() + "); start one: uidnet run", e);
  }

  private static ProblemDetail problem(Exchange.Response response) {
    try {
      return Json.LENIENT.readValue(response.body(), ProblemDetail.class);
    } catch (JsonProcessingException e) {
      return noProblemDetail(response);
    }
  }

  private static ProblemDetail noProblemDetail(Exchange.Response response) {
    return new ProblemDetail(
        "about:blank",
        "Error",
        response.status(),
        "the daemon answered with status " + response.status() + " and no reason",
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, String> headers(String host) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", host);
    headers.put("Connection", "close");
    headers.put("Accept", "application/json");
    return headers;
  }
}
