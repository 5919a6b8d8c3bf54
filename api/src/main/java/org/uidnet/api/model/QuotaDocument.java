package org.uidnet.api.model;

import java.time.Instant;
import java.util.OptionalLong;
import org.uidnet.firewall.QuotaInfo;

/**
 * A quota and how it stands: {@code GET /v1/quotas/{id}}. Bytes are those on the wire, both ways.
 *
 * @param used in this cycle, up to now
 * @param left absent without a limit
 * @param cycleEnd when use counts anew, and what the limit stops passes again
 * @param forecast what the cycle comes to if its rest is used as fast as what is over of it; absent
 *     in the first hundredth of it
 */
public record QuotaDocument(
    String id,
    QuotaTemplate template,
    QuotaCycle cycle,
    OptionalLong warningBytes,
    OptionalLong limitBytes,
    boolean enabled,
    QuotaInfo.State state,
    long used,
    OptionalLong left,
    Instant cycleStart,
    Instant cycleEnd,
    OptionalLong forecast,
    boolean limitSnoozed,
    boolean warningSnoozed) {
  public static QuotaDocument of(QuotaInfo info) {
    return new QuotaDocument(
        info.id(),
        QuotaTemplate.of(info.quota().template()),
        QuotaCycle.of(info.quota().cycle()),
        info.quota().warningBytes(),
        info.quota().limitBytes(),
        info.quota().enabled(),
        info.state(),
        info.used(),
        info.left(),
        info.cycle().start(),
        info.cycle().end(),
        info.forecast(),
        info.limitSnoozed(),
        info.warningSnoozed());
  }
}
