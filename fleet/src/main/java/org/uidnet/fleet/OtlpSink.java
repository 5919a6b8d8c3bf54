package org.uidnet.fleet;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.UsageKey;

/**
 * Sends shipments as OTLP metrics over HTTP: sums of what was counted in each bucket (delta
 * temporality), with its begin and end. A receiver that was told twice cannot know.
 */
final class OtlpSink implements Sink {
  /** Failures are told by the status, once. */
  private static final Logger OF_THE_LIBRARY = Logger.getLogger("io.opentelemetry.exporter");

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final AttributeKey<String> HOST_NAME = AttributeKey.stringKey("host.name");
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> BOOT_ID = AttributeKey.stringKey("uidnet.boot.id");
  private static final AttributeKey<String> DIRECTION =
      AttributeKey.stringKey("network.io.direction");

  private final URI endpoint;
  private final Optional<Path> tokenFile;
  private final JdkSender sender = new JdkSender();
  private final OtlpHttpMetricExporter exporter;

  /**
   * @param endpoint with the path: {@code http://collector:4318/v1/metrics}
   * @param tokenFile holds a bearer token
   */
  OtlpSink(URI endpoint, Optional<Path> tokenFile) {
    OF_THE_LIBRARY.setLevel(Level.OFF);
    this.endpoint = endpoint;
    this.tokenFile = tokenFile;
    exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(endpoint.toString())
            .setTimeout(TIMEOUT)
            .setCompression("gzip")
            .setRetryPolicy(null) // that is the exporter's business
            .setComponentLoader(sender)
            .build();
  }

  @Override
  public void send(Shipment shipment) throws SinkException {
    if (shipment.batch().rows().isEmpty()) {
      return; // OTLP has nothing to say that nothing was counted
    }
    sender.authorize(token());
    CompletableResultCode result = exporter.export(metrics(shipment));
    result.join(TIMEOUT.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    if (!result.isSuccess()) {
      throw sender.last().failure(endpoint);
    }
  }

  private Optional<String> token() throws SinkException {
    if (tokenFile.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(tokenFile.get()).strip());
    } catch (IOException e) {
      throw new SinkException(
          "cannot read the token in %s (%s): the daemon's user must be able to; see --export-token-file"
              .formatted(tokenFile.get(), e.getMessage()),
          e);
    }
  }

  /** One resource for each boot. */
  private static List<MetricData> metrics(Shipment shipment) {
    Map<String, List<ExportBatch.Row>> byBoot =
        shipment.batch().rows().stream().collect(Collectors.groupingBy(ExportBatch.Row::boot));
    List<MetricData> metrics = new ArrayList<>();
    byBoot.forEach((boot, rows) -> addMetrics(metrics, resource(shipment.host(), boot), rows));
    return metrics;
  }

  private static Resource resource(String host, String boot) {
    return Resource.create(Attributes.of(SERVICE_NAME, "uidnet", HOST_NAME, host, BOOT_ID, boot));
  }

  private static void addMetrics(
      List<MetricData> metrics, Resource resource, List<ExportBatch.Row> rows) {
    List<LongPointData> bytes = new ArrayList<>();
    List<LongPointData> packets = new ArrayList<>();
    for (ExportBatch.Row row : rows) {
      Traffic traffic = row.bucket().row().traffic();
      bytes.add(point(row, "receive", traffic.rxBytes()));
      bytes.add(point(row, "transmit", traffic.txBytes()));
      packets.add(point(row, "receive", traffic.rxPackets()));
      packets.add(point(row, "transmit", traffic.txPackets()));
    }
    metrics.add(new DeltaSum(resource, "uidnet.usage.bytes", "By", bytes));
    metrics.add(new DeltaSum(resource, "uidnet.usage.packets", "{packet}", packets));
  }

  private static LongPointData point(ExportBatch.Row row, String direction, long value) {
    return LongPointData.create(
        nanos(row.bucket().start()),
        nanos(row.bucket().end()),
        attributes(row.bucket().row().key(), direction),
        value);
  }

  private static long nanos(Instant time) {
    return TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli());
  }

  private static Attributes attributes(UsageKey key, String direction) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(DIRECTION, direction);
    attributes.put("uidnet.kind", key.kind().name());
    key.uid().ifPresent(uid -> attributes.put("uidnet.uid", uid));
    key.name().ifPresent(name -> attributes.put("uidnet.uid.name", name));
    key.tag().ifPresent(tag -> attributes.put("uidnet.tag", tag));
    key.set().ifPresent(set -> attributes.put("uidnet.counter_set", set.name()));
    key.iface().ifPresent(iface -> attributes.put("network.interface.name", iface));
    key.type().ifPresent(type -> attributes.put("uidnet.network.type", type));
    key.network().ifPresent(network -> attributes.put("uidnet.network.name", network));
    key.metered().ifPresent(metered -> attributes.put("uidnet.metered", metered));
    key.roaming().ifPresent(roaming -> attributes.put("uidnet.roaming", roaming));
    key.defaultNetwork().ifPresent(value -> attributes.put("uidnet.default_network", value));
    return attributes.build();
  }

  /** Connections are the JDK's to keep. */
  @Override
  public void close() {}
}
