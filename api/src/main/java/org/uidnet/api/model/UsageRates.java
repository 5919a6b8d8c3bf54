package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.stats.Kind;

/**
 * What flowed in the last second: the event {@code rates} of {@code GET /v1/usage/stream}.
 *
 * @param time the end of that second
 * @param seconds how long it really was, by the clock of the host
 * @param rows who sent or received anything, the busiest first
 * @param total of the rows
 */
public record UsageRates(Instant time, double seconds, List<Row> rows, Rate total) {
  public UsageRates {
    rows = List.copyOf(rows);
  }

  /**
   * One UID's, or what is nobody's.
   *
   * @param uid present for kind {@code uid}
   * @param name untrusted text
   */
  public record Row(
      Kind kind, Optional<Long> uid, Optional<String> name, @JsonUnwrapped Rate rate) {}

  /** Per second. */
  public record Rate(
      long rxBytesPerSecond,
      long rxPacketsPerSecond,
      long txBytesPerSecond,
      long txPacketsPerSecond) {
    public static final Rate NONE = new Rate(0, 0, 0, 0);

    public Rate plus(Rate other) {
      return new Rate(
          rxBytesPerSecond + other.rxBytesPerSecond,
          rxPacketsPerSecond + other.rxPacketsPerSecond,
          txBytesPerSecond + other.txBytesPerSecond,
          txPacketsPerSecond + other.txPacketsPerSecond);
    }

    /** Both ways. */
    public long bytesPerSecond() {
      return rxBytesPerSecond + txBytesPerSecond;
    }
  }
}
