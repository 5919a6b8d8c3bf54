package org.uidnet.stats.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which networks are meant, as by Android's template of the same name. An empty part does not
 * restrict: no names are all names, and networks whose name is not known.
 *
 * <p>Type, name and radio must be those of one network behind an interface. Metered, roaming and
 * default are looked at for the interface as a whole, so that a question for metered traffic and
 * one for the rest add up to all, and agree with lines that are grouped by it.
 *
 * @param names of Wi-Fi and other networks, or the subscribers of mobile ones; a template with
 *     names and no types is Android's of a carrier
 * @param radios technologies of mobile networks; others have none, so that they are left out
 */
public record NetworkTemplate(
    Set<NetworkType> types,
    List<NamePattern> names,
    Set<RadioGroup> radios,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> defaultNetwork) {

  /** All networks, and what leads to none. */
  public static final NetworkTemplate ANY =
      new NetworkTemplate(
          Set.of(), List.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public NetworkTemplate {
    types = Set.copyOf(types);
    names = List.copyOf(names);
    radios = Set.copyOf(radios);
  }

  /** All networks of a type. */
  public static NetworkTemplate of(NetworkType type) {
    return ANY.withTypes(Set.of(type));
  }

  public NetworkTemplate withTypes(Set<NetworkType> other) {
    return new NetworkTemplate(other, names, radios, metered, roaming, defaultNetwork);
  }

  public NetworkTemplate withNames(List<NamePattern> other) {
    return new NetworkTemplate(types, other, radios, metered, roaming, defaultNetwork);
  }

  public NetworkTemplate withRadios(Set<RadioGroup> other) {
    return new NetworkTemplate(types, names, other, metered, roaming, defaultNetwork);
  }

  public NetworkTemplate withMetered(Optional<Boolean> other) {
    return new NetworkTemplate(types, names, radios, other, roaming, defaultNetwork);
  }

  public NetworkTemplate withRoaming(Optional<Boolean> other) {
    return new NetworkTemplate(types, names, radios, metered, other, defaultNetwork);
  }

  public NetworkTemplate withDefaultNetwork(Optional<Boolean> other) {
    return new NetworkTemplate(types, names, radios, metered, roaming, other);
  }

  /** Whether an interface is meant that leads to these networks. */
  public boolean matches(NetworkIdentitySet networks) {
    return matches(metered, networks.isMetered())
        && matches(roaming, networks.isRoaming())
        && matches(defaultNetwork, networks.isDefaultNetwork())
        && (takesAnyKind() || networks.identities().stream().anyMatch(this::isOfKind));
  }

  public boolean matches(NetworkIdentity network) {
    return matches(NetworkIdentitySet.of(network));
  }

  private boolean takesAnyKind() {
    return types.isEmpty() && names.isEmpty() && radios.isEmpty();
  }

  private boolean isOfKind(NetworkIdentity network) {
    return (types.isEmpty() || types.contains(network.type()))
        && (names.isEmpty() || isNamed(network.networkKey()) || isNamed(network.subscriber()))
        && (radios.isEmpty() || hasRadio(network));
  }

  private boolean isNamed(Optional<String> name) {
    return name.filter(text -> names.stream().anyMatch(pattern -> pattern.matches(text)))
        .isPresent();
  }

  private boolean hasRadio(NetworkIdentity network) {
    return network.type().equals(NetworkType.MOBILE)
        && radios.contains(RadioGroup.of(network.radio()));
  }

  private static boolean matches(Optional<Boolean> wanted, boolean found) {
    return wanted.map(value -> value == found).orElse(true);
  }
}
