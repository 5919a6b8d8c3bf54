package org.uidnet.stats.network;

import java.util.Optional;

/**
 * What one network was while it was used. Subscriber and network key are untrusted text.
 *
 * @param radio Android's number of the radio technology of a mobile network ({@code
 *     TelephonyManager.NETWORK_TYPE_*}), {@link #ANY_RADIO} where it was not told apart
 * @param subscriber of a mobile network: the IMSI
 * @param networkKey of a Wi-Fi network: its name and security
 * @param oem Android's {@code OEM_*} bits; 0: not managed by the manufacturer
 * @param subscription Android's number of the SIM, {@link #NO_SUBSCRIPTION} for other networks
 */
public record NetworkIdentity(
    NetworkType type,
    int radio,
    Optional<String> subscriber,
    Optional<String> networkKey,
    boolean roaming,
    boolean metered,
    boolean defaultNetwork,
    int oem,
    int subscription) {
  public static final int ANY_RADIO = -1;
  public static final int NO_SUBSCRIPTION = -1;

  /** A network of which only the type is known. */
  public static NetworkIdentity of(NetworkType type) {
    return new NetworkIdentity(
        type,
        ANY_RADIO,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        0,
        NO_SUBSCRIPTION);
  }
}
