package org.uidnet.programs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** One thing, measured many times. Not thread-safe. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  public static Samples of(long[] values) {
    Samples samples = new Samples();
    LongStream.of(values).forEach(samples::add);
    return samples;
  }

  public void add(double value) {
    values.add(value);
  }

  public double median() {
    return percentile(50);
  }

  /** The least value that so many per cent of all do not exceed. */
  public double percentile(int percent) {
    double[] sorted = sorted();
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  public double least() {
    return sorted()[0];
  }

  public double most() {
    return percentile(100);
  }

  private double[] sorted() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
