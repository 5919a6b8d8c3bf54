package org.uidnet.programs;

/**
 * Bytes and packets in both directions; bytes are counted from the network header on.
 *
 * <p>Totals are never negative; a difference, such as the unattributed part of an interface, may
 * be.
 */
public record Traffic(long rxBytes, long rxPackets, long txBytes, long txPackets) {
  public static final Traffic NONE = new Traffic(0, 0, 0, 0);

  public Traffic plus(Traffic other) {
    return new Traffic(
        rxBytes + other.rxBytes,
        rxPackets + other.rxPackets,
        txBytes + other.txBytes,
        txPackets + other.txPackets);
  }

  public Traffic minus(Traffic other) {
    return new Traffic(
        rxBytes - other.rxBytes,
        rxPackets - other.rxPackets,
        txBytes - other.txBytes,
        txPackets - other.txPackets);
  }

  public boolean isZero() {
    return (rxBytes | rxPackets | txBytes | txPackets) == 0;
  }
}
