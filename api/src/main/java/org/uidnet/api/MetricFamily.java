package org.uidnet.api;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A metric's values by their labels; what comes twice is added up. */
final class MetricFamily {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<Labels, Double> values = new TreeMap<>();

  /** The name is without {@code _total}, which counters get. */
  MetricFamily(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Exact up to 2⁵³; label values are in the order of the labels. */
  MetricFamily add(long value, String... of) {
    return add((double) value, of);
  }

  MetricFamily add(double value, String... of) {
    values.merge(Labels.of(labels, List.of(of)), value, Double::sum);
    return this;
  }

  MetricSnapshot counter() {
    var counter = CounterSnapshot.builder().name(name).help(help);
    values.forEach(
        (of, value) ->
            counter.dataPoint(CounterDataPointSnapshot.builder().labels(of).value(value).build()));
    return counter.build();
  }

  MetricSnapshot gauge() {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    values.forEach(
        (of, value) ->
            gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(of).value(value).build()));
    return gauge.build();
  }
}
