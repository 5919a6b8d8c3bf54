package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;

/** Interfaces against hooks over {@code [from, to)}: {@code GET /v1/usage/truth}. */
public record TruthReport(Instant from, Instant to, Instant asOf, List<TruthRow> rows) {
  public TruthReport {
    rows = List.copyOf(rows);
  }
}
