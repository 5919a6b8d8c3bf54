package org.uidnet.stats;

import java.util.Optional;
import org.uidnet.programs.Networks;

/**
 * What an interface was at a time; a change of any part makes another one.
 *
 * @param label the name that is shown: {@code wlan0}, {@code netns:4026/eth0}
 */
record Interface(
    long netns,
    int ifindex,
    String name,
    String label,
    Networks.View view,
    boolean metered,
    boolean roaming,
    Optional<String> network,
    boolean defaultNetwork) {
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
        identity.metered(),
        identity.roaming(),
        identity.network().map(Interface::cut),
        identity.defaultNetwork());
  }

  Place place() {
    return new Place(netns, ifindex);
  }

  /** Nobody's names are that long, but whoever may name things could fill our disk with one. */
  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
