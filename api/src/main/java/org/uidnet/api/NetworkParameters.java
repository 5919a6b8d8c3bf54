package org.uidnet.api;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;
import org.uidnet.stats.network.RadioGroup;

/**
 * Reads which networks a question about usage means, Android's templates. All that are given must
 * hold; they are looked at as they were when the traffic passed.
 *
 * <pre>
 *  type=wifi,ethernet   kinds of networks: mobile, wifi, bluetooth, ethernet, proxy, vpn, test, none
 *                       (loopback), type-N with Android's number
 *  network=Home         the name of a Wi-Fi or other network, or the subscriber of a mobile one.
 *                       * stands for any text (network=Cafe*; network=* takes all that have a name),
 *                       \ takes the next character as it is. Repeated: any of these names, which
 *                       may hold commas
 *  radio=lte,nr         technologies of mobile networks: gsm, umts, lte, nr, nr-non-standalone,
 *                       unknown
 *  metered=true         whether it was metered; likewise roaming and default
 * </pre>
 */
final class NetworkParameters {
  static final Set<String> NAMES =
      Set.of("type", "network", "radio", "metered", "roaming", "default");

  private static final int MOST_NAMES = 100;
  private static final int LONGEST_NAME = 200;

  private NetworkParameters() {}

  static NetworkTemplate template(Query query) {
    return NetworkTemplate.ANY
        .withTypes(types(query.list("type")))
        .withNames(names(query.all("network")))
        .withRadios(radios(query.list("radio")))
        .withMetered(flag(query, "metered"))
        .withRoaming(flag(query, "roaming"))
        .withDefaultNetwork(flag(query, "default"));
  }

  private static Optional<Boolean> flag(Query query, String name) {
    return query.one(name).map(text -> UsageParameters.flag(name, text));
  }

  private static Set<NetworkType> types(List<String> labels) {
    Set<NetworkType> types = new HashSet<>();
    for (String label : labels) {
      types.add(type(label));
    }
    return types;
  }

  /** The type that is called so. */
  static NetworkType type(String label) {
    return NetworkType.named(label)
        .orElseGet(
            () ->
                UsageParameters.oneOf(
                    "type", label, Set.copyOf(NetworkType.NAMED), NetworkType::label));
  }

  static List<NamePattern> names(List<String> texts) {
    if (texts.size() > MOST_NAMES) {
      throw Refusal.badField("network", "More than " + MOST_NAMES + " names of networks; use *.");
    }
    return texts.stream().map(NetworkParameters::name).toList();
  }

  private static NamePattern name(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw Refusal.badField(
          "network", "No network has a name of " + text.length() + " characters.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.badField("network", "No network has a control character in its name.");
    }
    return new NamePattern(text);
  }

  private static Set<RadioGroup> radios(List<String> names) {
    Set<RadioGroup> radios = new HashSet<>();
    for (String name : names) {
      radios.add(
          UsageParameters.oneOf(
              "radio", name, Set.of(RadioGroup.values()), NetworkParameters::radioName));
    }
    return radios;
  }

  private static String radioName(RadioGroup radio) {
    return radio.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
