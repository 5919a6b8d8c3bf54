package org.uidnet.fleet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
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
    List<Exporter> exporters = new ArrayList<>();
    config
        .postgres()
        .ifPresent(
            target ->
                exporters.add(
                    new Exporter(
                        config.host(),
                        "postgres",
                        new PostgresSink(target, config.passwordFile()),
                        queues.apply(target.name()),
                        blocked,
                        clock,
                        new Backoff(new SplittableRandom()))));
    return List.copyOf(exporters);
  }
}
