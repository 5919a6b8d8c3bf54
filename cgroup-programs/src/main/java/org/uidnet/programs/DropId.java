package org.uidnet.programs;

/**
 * Which refusals are counted together.
 *
 * @param uid whose, or {@link SlotId#UID_FOREIGN}
 * @param reason number of a {@code REASON_*}, of a chain's bit, or {@code REASON_CUSTOM} + custom
 *     chain
 * @param call what was refused
 */
public record DropId(long uid, int reason, Call call) {
  /** What programs refuse, in the order of {@code enum direction}. */
  public enum Call {
    INGRESS,
    EGRESS,
    CREATE,
    CONNECT,
    BIND
  }
}
