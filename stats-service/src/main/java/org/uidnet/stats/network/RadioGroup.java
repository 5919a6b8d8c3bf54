package org.uidnet.stats.network;

/** Radio technologies of mobile networks, as far as templates tell them apart. */
public enum RadioGroup {
  GSM,
  UMTS,
  LTE,
  NR,
  /** LTE with a 5G carrier beside it; Android's -2. */
  NR_NON_STANDALONE,
  /** Not known, or none of the others: a group of its own. */
  UNKNOWN;

  /** The group of Android's {@code TelephonyManager.NETWORK_TYPE_*}. */
  public static RadioGroup of(int radio) {
    return switch (radio) {
      // GPRS, EDGE, CDMA, 1xRTT, IDEN, GSM
      case 1, 2, 4, 7, 11, 16 -> GSM;
      // UMTS, EVDO_0, EVDO_A, HSDPA, HSUPA, HSPA, EVDO_B, EHRPD, HSPAP, TD_SCDMA
      case 3, 5, 6, 8, 9, 10, 12, 14, 15, 17 -> UMTS;
      // LTE, IWLAN
      case 13, 18 -> LTE;
      case 20 -> NR;
      case -2 -> NR_NON_STANDALONE;
      default -> UNKNOWN;
    };
  }
}
