package org.uidnet.netd.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.uidnet.programs.benchmark.Samples;

/**
 * What all variants gave in one round after the other. The machine is shared and what else it does
 * changes from second to second, so variants are compared within a round, and then the median of
 * rounds is taken.
 */
final class Rounds {
  private final Map<Variant, List<Double>> values = new EnumMap<>(Variant.class);
  private int rounds;

  /** Measures each variant once; another one goes first each time. */
  void add(List<Variant> variants, ToDoubleFunction<Variant> measurement) {
    for (int i = 0; i < variants.size(); i++) {
      Variant variant = variants.get((i + rounds) % variants.size());
      double value = measurement.applyAsDouble(variant);
      values.computeIfAbsent(variant, unknown -> new ArrayList<>()).add(value);
    }
    rounds++;
  }

  double median(Variant variant) {
    return median(round -> value(variant, round));
  }

  /** How much more the variant takes than another one. */
  double net(Variant variant, Variant of) {
    return median(round -> net(variant, of, round));
  }

  double ratio(Variant variant, Variant to) {
    return median(round -> value(variant, round) / value(to, round));
  }

  /** The ratio of what two variants take more than a third one. */
  double netRatio(Variant variant, Variant to, Variant of) {
    return median(round -> net(variant, of, round) / net(to, of, round));
  }

  private double net(Variant variant, Variant of, int round) {
    return value(variant, round) - value(of, round);
  }

  private double value(Variant variant, int round) {
    return values.getOrDefault(variant, List.of()).get(round);
  }

  private double median(IntToDoubleFunction ofRound) {
    Samples samples = new Samples();
    IntStream.range(0, rounds).mapToDouble(ofRound).forEach(samples::add);
    return samples.median();
  }
}
