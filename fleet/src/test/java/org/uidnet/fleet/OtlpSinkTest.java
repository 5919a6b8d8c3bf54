package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpSinkTest {
  private static final int OK = 200;
  private static final int BUCKETS = 60;
  private static final int KEYS = 90;

  private final MemoryQueue queue = new MemoryQueue(7, BUCKETS, KEYS);

  /** What to answer; then OK. */
  private final Queue<Integer> answers = new ArrayDeque<>();

  private final List<ExportMetricsServiceRequest> received = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private HttpServer server;

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    startAt(0);
  }

  private void startAt(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v1/metrics", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange;
        GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(body);
      tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      int answer = answers.isEmpty() ? OK : answers.remove();
      if (answer == OK) {
        received.add(request);
      } else {
        exchange.getResponseHeaders().set("Retry-After", "1234");
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:%d/v1/metrics".formatted(server.getAddress().getPort()));
  }

  private Exporter exporter(Optional<Path> token) {
    return new Exporter(
        "host",
        "otlp",
        new OtlpSink(endpoint(), token),
        queue,
        BlockedTraffic.NONE,
        Clock.systemUTC(),
        new Backoff(new SplittableRandom(1)));
  }

  private static void drain(Exporter exporter) {
    while (exporter.round().isZero()) {
      // a batch a round
    }
  }

  private List<Metric> metrics(String name) {
    return received.stream()
        .flatMap(request -> request.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(name))
        .toList();
  }

  private long receivedBytes() {
    return metrics("uidnet.usage.bytes").stream()
        .flatMap(metric -> metric.getSum().getDataPointsList().stream())
        .filter(point -> text(point, "network.io.direction").equals("receive"))
        .mapToLong(NumberDataPoint::getAsInt)
        .sum();
  }

  private static String text(NumberDataPoint point, String key) {
    return point.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void round_sendsEachBucketAsASumOfItsTime() {
    drain(exporter(Optional.empty()));
    assertThat(receivedBytes()).isEqualTo(queue.rxBytes());
    Metric metric = metrics("uidnet.usage.packets").get(0);
    assertThat(metric.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    assertThat(metric.getSum().getIsMonotonic()).isTrue();
    NumberDataPoint point = metric.getSum().getDataPoints(0);
    assertThat(point.getTimeUnixNano() - point.getStartTimeUnixNano())
        .isEqualTo(MemoryQueue.BUCKET.toNanos());
    assertThat(text(point, "uidnet.uid.name")).isEqualTo("user0");
    assertThat(text(point, "network.interface.name")).isEqualTo("eth0");
  }

  @Test
  void round_namesHostAndBoot() {
    drain(exporter(Optional.empty()));
    ResourceMetrics resource = received.get(0).getResourceMetrics(0);
    Map<String, String> attributes = new HashMap<>();
    for (KeyValue attribute : resource.getResource().getAttributesList()) {
      attributes.put(attribute.getKey(), attribute.getValue().getStringValue());
    }
    assertThat(attributes)
        .containsEntry("host.name", "host")
        .containsEntry("service.name", "uidnet")
        .containsEntry("uidnet.boot.id", "boot-7");
  }

  @Test
  void round_sendsAgainWhatWasRefused_whenItWasAskedTo() {
    Exporter exporter = exporter(Optional.empty());
    for (int answer : new int[] {503, 429}) {
      answers.add(answer);
      assertThat(exporter.round()).isEqualTo(Duration.ofSeconds(1234));
      assertThat(exporter.status().trouble().orElseThrow())
          .contains(endpoint().toString(), "answered " + answer, "too much to do");
    }
    drain(exporter);
    assertThat(receivedBytes()).isEqualTo(queue.rxBytes());
    assertThat(exporter.status().trouble()).isEmpty();
  }

  @Test
  void round_goesOnWhenTheReceiverIsBack() throws IOException {
    Exporter exporter = exporter(Optional.empty());
    exporter.round();
    int port = server.getAddress().getPort();
    server.stop(0);
    exporter.round();
    assertThat(exporter.status().trouble().orElseThrow()).contains("see that it runs");
    startAt(port);
    drain(exporter);
    assertThat(receivedBytes()).isEqualTo(queue.rxBytes());
  }

  @Test
  void round_sendsTheTokenThatTheFileHolds() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "a secret\n");
    drain(exporter(Optional.of(token)));
    assertThat(tokens).isNotEmpty().containsOnly("Bearer a secret");
    answers.add(401);
    Exporter refused =
        new Exporter(
            "host",
            "otlp",
            new OtlpSink(endpoint(), Optional.of(token)),
            new MemoryQueue(1, 1, 1),
            BlockedTraffic.NONE,
            Clock.systemUTC(),
            new Backoff(new SplittableRandom(1)));
    refused.round();
    assertThat(refused.status().trouble().orElseThrow())
        .contains("--export-token-file")
        .doesNotContain("a secret");
  }
}
