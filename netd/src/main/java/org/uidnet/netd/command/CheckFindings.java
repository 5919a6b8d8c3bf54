package org.uidnet.netd.command;

import java.util.List;
import java.util.Optional;
import org.uidnet.netd.daemon.SelfTest;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.kernel.Probe.Feature;

/**
 * What {@code check} has found.
 *
 * @param test empty if it was not begun, since something required is missing
 * @param daemonAnswers whether one runs where the caller said
 */
record CheckFindings(
    List<Feature> features, Optional<SelfTest.Outcome> test, boolean daemonAnswers) {
  CheckFindings {
    features = List.copyOf(features);
  }

  /** What uidnet cannot run without. */
  static List<Feature> missing(List<Feature> features) {
    return features.stream()
        .filter(feature -> feature.required() && feature.answer() instanceof Probe.No)
        .toList();
  }

  List<Feature> missing() {
    return missing(features);
  }

  boolean isFine() {
    return test.filter(SelfTest.Counted.class::isInstance)
        .map(SelfTest.Counted.class::cast)
        .filter(SelfTest.Counted::isExact)
        .isPresent();
  }

  int exitCode() {
    if (isFine()) {
      return ExitCode.OK;
    }
    return isNotPermitted() ? ExitCode.NOT_PERMITTED : ExitCode.FAILED;
  }

  /** Without a capability nothing else can be told. */
  boolean isNotPermitted() {
    return missing().stream().anyMatch(feature -> feature.name().startsWith("CAP_"))
        || test.filter(SelfTest.Failed.class::isInstance)
            .map(SelfTest.Failed.class::cast)
            .filter(SelfTest.Failed::notPermitted)
            .isPresent();
  }
}
