package org.uidnet.fleet;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets OpenTelemetry's exporter send by the JDK's HTTP client. The library has such a sender, but
 * does not tell for how long a receiver asked to be left alone. One request at a time.
 */
final class JdkSender implements ComponentLoader {
  private volatile Optional<String> token = Optional.empty();
  private volatile OtlpAnswer last = OtlpAnswer.none("no answer in time");

  /** Of the next request. */
  void authorize(Optional<String> bearer) {
    token = bearer;
    last = OtlpAnswer.none("no answer in time");
  }

  /** What became of the last request. */
  OtlpAnswer last() {
    return last;
  }

  @Override
  public <T> Iterable<T> load(Class<T> service) {
    HttpSenderProvider provider = Sending::new;
    return service == HttpSenderProvider.class ? List.of(service.cast(provider)) : List.of();
  }

  private final class Sending implements HttpSender {
    private final HttpSenderConfig config;
    private final HttpClient client;

    Sending(HttpSenderConfig config) {
      this.config = config;
      client = HttpClient.newBuilder().connectTimeout(config.getConnectTimeout()).build();
    }

    /** Waits for the answer: whoever exports does so, too. */
    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      try {
        var answer = client.send(request(message), BodyHandlers.ofByteArray());
        last = OtlpAnswer.of(answer);
        onResponse.accept(new Response(answer.statusCode(), answer.body()));
      } catch (IOException e) {
        last = OtlpAnswer.none(reason(e));
        onError.accept(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        onError.accept(e);
      }
    }

    /** A refused connection has no message. */
    private static String reason(IOException error) {
      return Optional.ofNullable(error.getMessage())
          .orElse(error instanceof ConnectException ? "it does not listen" : error.toString());
    }

    private HttpRequest request(MessageWriter message) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(config.getEndpoint())
              .timeout(config.getTimeout())
              .header("Content-Type", config.getContentType())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body(message)));
      config
          .getHeadersSupplier()
          .get()
          .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
      Optional.ofNullable(config.getCompressor())
          .ifPresent(compressor -> request.header("Content-Encoding", compressor.getEncoding()));
      token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
      return request.build();
    }

    private byte[] body(MessageWriter message) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Compressor compressor = config.getCompressor();
      try (OutputStream body = compressor == null ? bytes : compressor.compress(bytes)) {
        message.writeMessage(body);
      }
      return bytes.toByteArray();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  /** As the exporter wants it. */
  private static final class Response implements HttpResponse {
    private final int status;
    private final byte[] body;

    Response(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }
}
