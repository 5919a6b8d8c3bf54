package org.uidnet.firewall;

import java.util.OptionalLong;

/**
 * Something that a quota tells.
 *
 * @param id of the quota
 * @param bytes {@link Kind#WARNING}, {@link Kind#LIMIT}: used in the cycle; {@link Kind#CYCLE}:
 *     used in the one that ended; {@link Kind#RAPID}: what the cycle would come to
 * @param uid of {@link Kind#RAPID}: who used more than half of it
 */
public record QuotaAlert(Kind kind, String id, long bytes, OptionalLong uid) {
  /** What happened. */
  public enum Kind {
    /** So much is used that it was to be told. */
    WARNING,
    /** The limit is reached: nothing passes until the cycle ends. */
    LIMIT,
    /** At the pace of the last days the cycle would come to far more than the limit. */
    RAPID,
    /** The use counts anew. */
    CYCLE
  }
}
