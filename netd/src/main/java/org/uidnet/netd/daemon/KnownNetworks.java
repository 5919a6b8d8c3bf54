package org.uidnet.netd.daemon;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.Setting;
import org.uidnet.programs.Networks;
import org.uidnet.stats.DefaultNetwork;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.NetworkIdentities;
import org.uidnet.stats.network.NetworkType;

/**
 * What the interfaces are, as history is to record it: what policy says of them, where the default
 * route leads, and what their devices tell. History sees a change only after a snapshot has stored
 * what was counted before; while none can be stored, the earlier answers hold.
 *
 * <p>Thread-safe. Snapshots read the answers while one thread at a time changes them.
 */
final class KnownNetworks implements NetworkIdentities, DefaultNetwork {
  /** Answers hold for what was counted until the next change. */
  private record Facts(Setting.Interfaces said, Optional<String> defaultNetwork) {}

  private final Supplier<Setting.Interfaces> said;
  private final Supplier<Optional<String>> defaultRoute;
  private volatile Facts facts;

  /**
   * As the host is now.
   *
   * @param said what policy says of interfaces; throws {@link FirewallException} while that cannot
   *     be read
   * @param defaultRoute name of the host's interface that it leads to
   */
  KnownNetworks(Supplier<Setting.Interfaces> said, Supplier<Optional<String>> defaultRoute) {
    this.said = said;
    this.defaultRoute = defaultRoute;
    facts = look(Setting.Interfaces.none());
  }

  /** The interface that was said to be it; else the one that the default route leads to. */
  private Facts look(Setting.Interfaces otherwise) {
    Setting.Interfaces now = said(otherwise);
    Optional<String> saidToBeIt =
        now.byName().entrySet().stream()
            .filter(named -> named.getValue().defaultNetwork())
            .map(Map.Entry::getKey)
            .findFirst();
    return new Facts(now, saidToBeIt.or(defaultRoute));
  }

  private Setting.Interfaces said(Setting.Interfaces otherwise) {
    try {
      return said.get();
    } catch (FirewallException e) {
      return otherwise; // the policy cannot be read, which health says
    }
  }

  /** Whether policy says something else of interfaces; routes are not read for every change. */
  boolean isSaidAnew() {
    Setting.Interfaces known = facts.said();
    return !said(known).equals(known);
  }

  /**
   * Looks whether anything has changed; if so, has a snapshot taken before that is known, and
   * another one, so that live answers know it too.
   */
  synchronized void update(Runnable snapshot) {
    Facts now = look(facts.said());
    if (now.equals(facts)) {
      return;
    }
    try {
      snapshot.run();
      facts = now;
      snapshot.run();
    } catch (HistoryException e) {
      // Health says it; the next look tries again, unless only the second one failed.
    }
  }

  @Override
  public Optional<String> name() {
    return facts.defaultNetwork();
  }

  @Override
  public Identity of(Networks.Interface link) {
    Facts known = facts;
    Setting.Attributes attributes = known.said().of(link.label());
    return new Identity(
        type(attributes, link),
        attributes.metered(),
        attributes.roaming(),
        attributes.network(),
        known.defaultNetwork().filter(link.label()::equals).isPresent());
  }

  private static NetworkType type(Setting.Attributes attributes, Networks.Interface link) {
    return attributes
        .type()
        .flatMap(NetworkType::named)
        .orElseGet(() -> attributes.vpn() ? NetworkType.VPN : NetworkType.ofKind(link.kind()));
  }
}
