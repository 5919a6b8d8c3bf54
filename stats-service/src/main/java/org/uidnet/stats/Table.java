package org.uidnet.stats;

/** The two kinds of history, each with a table for every resolution and one for recordings. */
enum Table {
  /** By series. */
  USAGE("usage", Values.USAGE, "rx_bytes, rx_packets, tx_bytes, tx_packets, operations"),
  /** By interface: the device's own counters, then the UIDs'. */
  TRUTH(
      "truth",
      2 * Values.TRAFFIC,
      "rx_bytes, rx_packets, tx_bytes, tx_packets,"
          + " uids_rx_bytes, uids_rx_packets, uids_tx_bytes, uids_tx_packets");

  private final String prefix;
  private final int width;
  private final String columns;

  Table(String prefix, int width, String columns) {
    this.prefix = prefix;
    this.width = width;
    this.columns = columns;
  }

  String in(Resolution tier) {
    return prefix + "_" + tier.label();
  }

  /** Where recordings are. */
  String imported() {
    return "imported_" + prefix;
  }

  /** How many numbers a row has. */
  int width() {
    return width;
  }

  String columns() {
    return columns;
  }
}
