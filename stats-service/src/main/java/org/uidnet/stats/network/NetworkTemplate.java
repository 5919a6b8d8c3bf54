package org.uidnet.stats.network;

import java.util.Optional;
import java.util.Set;

/**
 * Which networks are meant. An empty part does not restrict: no subscribers are all subscribers,
 * and those whose subscriber is not known.
 *
 * @param subscribers of mobile networks, and of Wi-Fi networks that a carrier offers
 * @param networkKeys of Wi-Fi and test networks
 * @param oemManaged whether the manufacturer set the network up for itself
 */
public record NetworkTemplate(
    Match match,
    Set<String> subscribers,
    Set<String> networkKeys,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> defaultNetwork,
    Optional<RadioGroup> radio,
    Optional<Boolean> oemManaged) {

  /** The kinds of networks that a template can mean. */
  public enum Match {
    MOBILE,
    WIFI,
    ETHERNET,
    BLUETOOTH,
    PROXY,
    /** All networks of some subscribers, of whatever type. */
    CARRIER,
    TEST
  }

  public NetworkTemplate {
    subscribers = Set.copyOf(subscribers);
    networkKeys = Set.copyOf(networkKeys);
    if (match == Match.CARRIER && subscribers.isEmpty()) {
      throw new IllegalArgumentException("a template of a carrier needs its subscribers");
    }
  }

  /** All networks of a kind; not for {@link Match#CARRIER}. */
  public static NetworkTemplate all(Match match) {
    return new NetworkTemplate(
        match,
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether any network behind an interface is meant. */
  public boolean matches(NetworkIdentitySet networks) {
    return networks.identities().stream().anyMatch(this::matches);
  }

  public boolean matches(NetworkIdentity network) {
    return matchesKind(network)
        && matches(metered, network.metered())
        && matches(roaming, network.roaming())
        && matches(defaultNetwork, network.defaultNetwork())
        && matches(oemManaged, network.oem() != 0);
  }

  private boolean matchesKind(NetworkIdentity network) {
    return switch (match) {
      case MOBILE -> isMobile(network);
      case WIFI ->
          network.type().equals(NetworkType.WIFI)
              && contains(subscribers, network.subscriber())
              && contains(networkKeys, network.networkKey());
      case ETHERNET -> network.type().equals(NetworkType.ETHERNET);
      case BLUETOOTH -> network.type().equals(NetworkType.BLUETOOTH);
      case PROXY -> network.type().equals(NetworkType.PROXY);
      case CARRIER -> contains(subscribers, network.subscriber());
      case TEST ->
          network.type().equals(NetworkType.TEST) && contains(networkKeys, network.networkKey());
    };
  }

  private boolean isMobile(NetworkIdentity network) {
    return network.type().equals(NetworkType.MOBILE)
        && contains(subscribers, network.subscriber())
        && radio.map(group -> group == RadioGroup.of(network.radio())).orElse(true);
  }

  private static boolean contains(Set<String> wanted, Optional<String> found) {
    return wanted.isEmpty() || found.map(wanted::contains).orElse(false);
  }

  private static boolean matches(Optional<Boolean> wanted, boolean found) {
    return wanted.map(value -> value == found).orElse(true);
  }
}
