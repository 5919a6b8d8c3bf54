package org.uidnet.api.model;

import java.util.List;

/** Quotas by id: {@code GET /v1/quotas}. */
public record QuotaList(List<QuotaDocument> quotas) {
  public QuotaList {
    quotas = List.copyOf(quotas);
  }
}
