package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.Stream;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage;

/**
 * One interface's own counters beside what the hooks charged, in one direction.
 *
 * @param device the interface's own counters less link headers
 * @param uids what the hooks charged, in the device's view
 * @param unattributed {@code interface - uids}, signed, never clamped
 */
public record TruthRow(
    String iface,
    long netns,
    int ifindex,
    Networks.View view,
    Direction direction,
    @JsonProperty("interface") Amount device,
    Amount uids,
    Amount unattributed) {

  /** As the host sees it. */
  public enum Direction {
    RX,
    TX;

    Amount of(Traffic traffic) {
      return this == RX
          ? new Amount(traffic.rxBytes(), traffic.rxPackets())
          : new Amount(traffic.txBytes(), traffic.txPackets());
    }
  }

  /** Bytes and packets of one direction. */
  public record Amount(long bytes, long packets) {}

  /** Both directions of one interface. */
  public static Stream<TruthRow> of(Usage.Truth truth) {
    return Stream.of(Direction.values()).map(direction -> of(truth, direction));
  }

  private static TruthRow of(Usage.Truth truth, Direction direction) {
    return new TruthRow(
        truth.iface(),
        truth.netns(),
        truth.ifindex(),
        truth.view(),
        direction,
        direction.of(truth.device()),
        direction.of(truth.uids()),
        direction.of(truth.unattributed()));
  }
}
