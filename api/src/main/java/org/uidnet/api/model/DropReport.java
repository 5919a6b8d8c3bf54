package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.programs.Drop;
import org.uidnet.programs.DropId;
import org.uidnet.stats.Kind;

/**
 * What was refused over {@code [from, to)}, partly covered hours in full: {@code GET
 * /v1/firewall/drops}.
 *
 * @param rows the most packets first
 * @param total over the whole question, not only over this page's rows
 * @param nextCursor present while there are more rows
 */
public record DropReport(
    Instant from,
    Instant to,
    Instant asOf,
    List<Row> rows,
    Drop total,
    Optional<String> nextCursor) {
  public DropReport {
    rows = List.copyOf(rows);
  }

  /**
   * Refusals of one UID for one reason.
   *
   * @param uid absent for foreign sockets
   * @param name untrusted text
   * @param direction of packets, or the call that was refused; then packets are calls
   */
  public record Row(
      Kind kind,
      Optional<Long> uid,
      Optional<String> name,
      String reason,
      DropId.Call direction,
      @JsonUnwrapped Drop drop) {}
}
