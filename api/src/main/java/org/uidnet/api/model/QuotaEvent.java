package org.uidnet.api.model;

import java.util.OptionalLong;
import org.uidnet.firewall.QuotaAlert;

/**
 * Something that a quota tells: the event {@code quota} of {@code GET /v1/events}.
 *
 * @param id of the quota
 * @param bytes used in the cycle; of {@code CYCLE} in the one that ended, of {@code RAPID} what it
 *     would come to
 * @param uid of {@code RAPID}: who used more than half of it
 */
public record QuotaEvent(QuotaAlert.Kind kind, String id, long bytes, OptionalLong uid) {
  public static QuotaEvent of(QuotaAlert alert) {
    return new QuotaEvent(alert.kind(), alert.id(), alert.bytes(), alert.uid());
  }
}
