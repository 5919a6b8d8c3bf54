package org.uidnet.stats;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uidnet.programs.Networks;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkType;

/**
 * What an interface was at a time; a change of any part makes another one.
 *
 * @param label the name that is shown: {@code wlan0}, {@code netns:4026/eth0}, {@code android/wifi}
 * @param type NONE for recordings, whose networks have types of their own
 * @param inner a tunnel's, whose traffic is told of the interfaces below it, too
 * @param recorded the networks that a recording tells of: it does not know interfaces by name
 */
record Interface(
    long netns,
    int ifindex,
    String name,
    String label,
    Networks.View view,
    NetworkType type,
    boolean metered,
    boolean roaming,
    Optional<String> network,
    boolean defaultNetwork,
    boolean inner,
    Optional<NetworkIdentitySet> recorded) {
  /** Id of {@link #UNKNOWN}. */
  static final int UNKNOWN_ID = 0;

  /** Of traffic that is not kept by interface. */
  static final Interface UNKNOWN =
      of(new Place(0, 0), true, "unknown", Networks.View.WIRE, NetworkIdentities.Identity.PLAIN);

  private static final int MAX_TEXT = 1000;

  /** Where an interface is, whatever it is called. */
  record Place(long netns, int ifindex) {}

  static Interface of(
      Place place,
      boolean host,
      String name,
      Networks.View view,
      NetworkIdentities.Identity identity) {
    String shortName = cut(name);
    return new Interface(
        place.netns(),
        place.ifindex(),
        shortName,
        host ? shortName : "netns:" + Long.toUnsignedString(place.netns()) + "/" + shortName,
        view,
        identity.type(),
        identity.metered(),
        identity.roaming(),
        identity.network().map(Interface::cut),
        identity.defaultNetwork(),
        false,
        Optional.empty());
  }

  /**
   * The networks of a recording as one interface. Those of {@code dev} have other names: it repeats
   * what {@code xt} tells.
   */
  static Interface ofRecording(Recorder recorder, NetworkIdentitySet networks) {
    String name = networks.label();
    return new Interface(
        0,
        0,
        name,
        (recorder == Recorder.DEV ? UsageKey.RECORDED_BY_DEV : UsageKey.RECORDED) + name,
        Networks.View.WIRE,
        NetworkType.NONE,
        networks.isMetered(),
        networks.isRoaming(),
        networks.network(),
        networks.isDefaultNetwork(),
        false,
        Optional.of(networks));
  }

  Interface asInner() {
    return new Interface(
        netns,
        ifindex,
        name,
        label,
        view,
        type,
        metered,
        roaming,
        network,
        defaultNetwork,
        true,
        recorded);
  }

  /** One of another host, whose history was imported. */
  static Interface ofImport(String source, UsageKey key) {
    String name = cut(key.iface().orElse(UNKNOWN.name()));
    Interface there =
        new Interface(
            0,
            0,
            name,
            UsageKey.IMPORTED + source + "/" + name,
            Networks.View.WIRE,
            NetworkType.NONE,
            key.metered().orElse(false),
            key.roaming().orElse(false),
            key.network().map(Interface::cut),
            key.defaultNetwork().orElse(false),
            key.inner(),
            Optional.empty());
    return there.recorded(key.type().map(NetworkType::allNamed).orElse(List.of()));
  }

  private Interface recorded(List<NetworkType> types) {
    Set<NetworkIdentity> networks =
        types.stream().map(this::asNetwork).collect(Collectors.toUnmodifiableSet());
    return new Interface(
        netns,
        ifindex,
        name,
        label,
        view,
        type,
        metered,
        roaming,
        network,
        defaultNetwork,
        inner,
        Optional.of(new NetworkIdentitySet(networks)));
  }

  /** Rows of UIDs hold the tagged ones already there, unlike those of our own counters. */
  boolean isRecorded() {
    return recorded.isPresent();
  }

  /** The networks behind it, as templates see them. */
  NetworkIdentitySet networks() {
    return recorded.orElseGet(() -> NetworkIdentitySet.of(asNetwork(type)));
  }

  /** A mobile network is known by its subscriber, others by their own name. */
  private NetworkIdentity asNetwork(NetworkType of) {
    boolean mobile = of.equals(NetworkType.MOBILE);
    return new NetworkIdentity(
        of,
        NetworkIdentity.ANY_RADIO,
        network.filter(name -> mobile),
        network.filter(name -> !mobile),
        roaming,
        metered,
        defaultNetwork,
        0,
        NetworkIdentity.NO_SUBSCRIPTION);
  }

  Place place() {
    return new Place(netns, ifindex);
  }

  /** Nobody's names are that long, but whoever may name things could fill our disk with one. */
  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
