package org.uidnet.api.model;

import java.util.Optional;

/**
 * A quota as it shall be: {@code PUT /v1/quotas/{id}}. It replaces one of that id as a whole, and
 * keeps what was used in the cycle.
 *
 * @param warningBytes absent: nobody is warned
 * @param limitBytes absent: nothing is stopped
 * @param enabled absent: true
 */
public record QuotaRequest(
    Optional<QuotaTemplate> template,
    Optional<QuotaCycle> cycle,
    Optional<Long> warningBytes,
    Optional<Long> limitBytes,
    Optional<Boolean> enabled) {
  /** What makes the quota as it is. */
  public static QuotaRequest of(QuotaDocument quota) {
    return new QuotaRequest(
        Optional.of(quota.template()),
        Optional.of(quota.cycle()),
        quota.warningBytes().stream().boxed().findFirst(),
        quota.limitBytes().stream().boxed().findFirst(),
        Optional.of(quota.enabled()));
  }
}
