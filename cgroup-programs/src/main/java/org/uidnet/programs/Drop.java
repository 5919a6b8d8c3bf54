package org.uidnet.programs;

/**
 * Refusals.
 *
 * @param packets how many; calls, where no packet was refused
 * @param bytes of the packets, from the network header on
 */
public record Drop(long packets, long bytes) {
  public static final Drop NONE = new Drop(0, 0);

  public Drop plus(Drop other) {
    return new Drop(packets + other.packets, bytes + other.bytes);
  }

  public Drop minus(Drop other) {
    return new Drop(packets - other.packets, bytes - other.bytes);
  }
}
