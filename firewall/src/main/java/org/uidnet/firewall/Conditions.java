package org.uidnet.firewall;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * When an own rule holds: all that is named must be so. A value, and pure.
 *
 * @param device how the device must be
 * @param links how networks must be
 * @param network name of the current network; {@code *} stands for any characters
 * @param foreground whether the UID's processes must be in the foreground
 * @param quota id of a quota that must be used up
 */
public record Conditions(
    Map<DeviceFlag, Boolean> device,
    Map<LinkFact, Boolean> links,
    Optional<String> network,
    Optional<Hours> hours,
    Optional<Boolean> foreground,
    Optional<String> quota) {
  public static final Conditions ALWAYS =
      new Conditions(
          Map.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Conditions {
    device = ordered(DeviceFlag.class, device);
    links = ordered(LinkFact.class, links);
  }

  private static <K extends Enum<K>> Map<K, Boolean> ordered(Class<K> kind, Map<K, Boolean> facts) {
    EnumMap<K, Boolean> ordered = new EnumMap<>(kind);
    ordered.putAll(facts);
    return Collections.unmodifiableMap(ordered);
  }

  /** Whether all holds but what depends on the UID. */
  boolean holds(HostFacts facts) {
    return device.entrySet().stream().allMatch(e -> facts.is(e.getKey()) == e.getValue())
        && links.entrySet().stream().allMatch(e -> facts.is(e.getKey()) == e.getValue())
        && network.map(name -> facts.networks().stream().anyMatch(matching(name))).orElse(true)
        && hours.map(span -> span.contains(facts.now(), facts.zone())).orElse(true)
        && quota.map(facts.usedUp()::contains).orElse(true);
  }

  boolean holdsFor(long uid, HostFacts facts) {
    return foreground.map(wanted -> facts.foreground().contains(uid) == wanted).orElse(true);
  }

  private static Predicate<String> matching(String name) {
    String[] parts = name.split("\\*", -1);
    StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      regex.append(".*").append(Pattern.quote(parts[i]));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
