package org.uidnet.fleet;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.uidnet.stats.ExportQueue;

/** Makes what sends history where it was asked for, and loads the libraries for that only. */
public final class Fleet {
  private Fleet() {}

  /**
   * One for each sink, to be stepped by a thread each.
   *
   * @param queues by the sink's address: who sends elsewhere begins with all that is kept
   */
  public static List<Exporter> exporters(
      FleetConfig config,
      Function<String, ExportQueue> queues,
      BlockedTraffic blocked,
      Clock clock) {
    Making making = new Making(config.host(), queues, blocked, clock);
    return Stream.of(
            config
                .postgres()
                .map(
                    target ->
                        making.exporter(
                            "postgres",
                            target.name(),
                            new PostgresSink(target, config.passwordFile()))),
            config
                .otlp()
                .map(
                    endpoint ->
                        making.exporter(
                            "otlp",
                            endpoint.toString(),
                            new OtlpSink(endpoint, config.tokenFile()))))
        .flatMap(Optional::stream)
        .toList();
  }

  private record Making(
      String host, Function<String, ExportQueue> queues, BlockedTraffic blocked, Clock clock) {
    Exporter exporter(String name, String address, Sink sink) {
      return new Exporter(
          host,
          name,
          sink,
          queues.apply(address),
          blocked,
          clock,
          new Backoff(new SplittableRandom()));
    }
  }
}
