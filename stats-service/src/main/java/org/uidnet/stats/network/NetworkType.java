package org.uidnet.stats.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of network by Android's number ({@code ConnectivityManager.TYPE_*}). Numbers without a
 * name here are kept as they are.
 */
public record NetworkType(int code) {
  /** Of what leads to no network, such as loopback. */
  public static final NetworkType NONE = new NetworkType(-1);

  public static final NetworkType MOBILE = new NetworkType(0);
  public static final NetworkType WIFI = new NetworkType(1);
  public static final NetworkType BLUETOOTH = new NetworkType(7);
  public static final NetworkType ETHERNET = new NetworkType(9);
  public static final NetworkType PROXY = new NetworkType(16);
  public static final NetworkType VPN = new NetworkType(17);
  public static final NetworkType TEST = new NetworkType(18);

  private static final String UNNAMED = "type-";

  /** All that have names. */
  public static final List<NetworkType> NAMED =
      List.of(NONE, MOBILE, WIFI, BLUETOOTH, ETHERNET, PROXY, VPN, TEST);

  /** The type whose {@link #label} that is. */
  public static Optional<NetworkType> named(String label) {
    return NAMED.stream()
        .filter(type -> type.label().equals(label))
        .findFirst()
        .or(() -> numbered(label));
  }

  /** Those that a label such as {@code mobile+vpn} is made of, as far as there are such. */
  public static List<NetworkType> allNamed(String labels) {
    return Stream.of(labels.split("\\+")).flatMap(label -> named(label).stream()).toList();
  }

  private static Optional<NetworkType> numbered(String label) {
    return label.matches("type-\\d{1,4}")
        ? Optional.of(new NetworkType(Integer.parseInt(label.substring(UNNAMED.length()))))
        : Optional.empty();
  }

  /**
   * What an interface of Linux leads to, as far as its kind tells: ethernet, unless it tells
   * otherwise.
   *
   * @param kind as the kernel names it: {@code wlan}, {@code wireguard}, {@code physical}
   */
  public static NetworkType ofKind(String kind) {
    return switch (kind) {
      case "loopback" -> NONE;
      case "wlan" -> WIFI;
      case "wwan", "rmnet" -> MOBILE;
      case "bluetooth" -> BLUETOOTH;
      case "tun", "wireguard", "ppp", "xfrm", "vti", "vti6", "ipip", "sit", "ip6tnl", "gre" -> VPN;
      default -> ETHERNET;
    };
  }

  /** A short lower-case name, {@code type-N} for numbers without one. */
  public String label() {
    return switch (code) {
      case -1 -> "none";
      case 0 -> "mobile";
      case 1 -> "wifi";
      case 7 -> "bluetooth";
      case 9 -> "ethernet";
      case 16 -> "proxy";
      case 17 -> "vpn";
      case 18 -> "test";
      default -> UNNAMED + code;
    };
  }
}
