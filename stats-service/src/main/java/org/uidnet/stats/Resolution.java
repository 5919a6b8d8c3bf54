package org.uidnet.stats;

import java.util.EnumSet;

/** Bucket length of a tier, finest first. Days and months follow the configured time zone. */
public enum Resolution {
  FIVE_MINUTES("5m"),
  HOUR("1h"),
  DAY("1d"),
  MONTH("1mo");

  private final String label;

  Resolution(String label) {
    this.label = label;
  }

  /** As the command and the API write it. */
  public String label() {
    return label;
  }

  /** This one first. */
  EnumSet<Resolution> andCoarser() {
    return EnumSet.range(this, MONTH);
  }
}
