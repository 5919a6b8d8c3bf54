package org.uidnet.stats.network;

/**
 * A kind of network by Android's number ({@code ConnectivityManager.TYPE_*}). Numbers without a
 * name here are kept as they are.
 */
public record NetworkType(int code) {
  public static final NetworkType MOBILE = new NetworkType(0);
  public static final NetworkType WIFI = new NetworkType(1);
  public static final NetworkType BLUETOOTH = new NetworkType(7);
  public static final NetworkType ETHERNET = new NetworkType(9);
  public static final NetworkType PROXY = new NetworkType(16);
  public static final NetworkType VPN = new NetworkType(17);
  public static final NetworkType TEST = new NetworkType(18);

  /** A short lower-case name, {@code type-N} for numbers without one. */
  public String label() {
    return switch (code) {
      case 0 -> "mobile";
      case 1 -> "wifi";
      case 7 -> "bluetooth";
      case 9 -> "ethernet";
      case 16 -> "proxy";
      case 17 -> "vpn";
      case 18 -> "test";
      default -> "type-" + code;
    };
  }
}
