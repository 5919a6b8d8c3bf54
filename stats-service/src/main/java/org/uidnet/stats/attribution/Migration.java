package org.uidnet.stats.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.share.Proportion;

/**
 * Moves the traffic of one tunnel from the UID that runs it to the apps behind it, by Android's
 * rules:
 *
 * <ul>
 *   <li>No app is charged more than what it had on the tunnel: overhead stays with the owner. If
 *       less came out below (compression), all apps are charged less in proportion.
 *   <li>An app's part is divided between the interfaces below as the owner's traffic there is.
 *   <li>What the owner itself has on the tunnel is left out: it can write there to itself.
 *   <li>Tagged rows are moved as well, but only untagged rows are deducted, as they hold the tagged
 *       ones too; from the default set first.
 * </ul>
 *
 * Roundings stay with the owner too, so sums over an interface never change.
 */
final class Migration {
  private final Tunnel tunnel;
  private final Map<DeltaKey, Traffic> before;
  private final Map<DeltaKey, Traffic> after;

  Migration(Tunnel tunnel, Map<DeltaKey, Traffic> rows) {
    this.tunnel = tunnel;
    before = rows;
    after = new LinkedHashMap<>(rows);
  }

  Map<DeltaKey, Traffic> done() {
    Traffic onTunnel = sum(this::isOfApp);
    Map<String, Traffic> below = new LinkedHashMap<>();
    tunnel.underlying().forEach(iface -> below.put(iface, sum(key -> isOfOwner(key, iface))));
    Traffic allBelow = below.values().stream().reduce(Traffic.NONE, Traffic::plus);
    below.forEach((iface, carried) -> move(iface, carried, allBelow, onTunnel));
    return after;
  }

  private boolean isOfApp(DeltaKey key) {
    return key.iface().equals(tunnel.iface()) && !tunnel.isOwner(key);
  }

  private boolean isOfOwner(DeltaKey key, String iface) {
    return key.iface().equals(iface) && tunnel.isOwner(key);
  }

  private Traffic sum(Predicate<DeltaKey> which) {
    return before.entrySet().stream()
        .filter(row -> row.getKey().isTotal() && which.test(row.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  /** Charges the apps for what they had on one interface below. */
  private void move(String iface, Traffic carried, Traffic allBelow, Traffic onTunnel) {
    Traffic[] moved = {Traffic.NONE};
    before.forEach(
        (key, traffic) -> {
          if (isOfApp(key)) {
            Traffic charged = smaller(traffic, part(allBelow, traffic, onTunnel));
            Traffic here = part(charged, carried, allBelow);
            add(key.on(iface), here);
            moved[0] = key.isTotal() ? moved[0].plus(here) : moved[0];
          }
        });
    deduct(iface, moved[0]);
  }

  private void add(DeltaKey key, Traffic traffic) {
    if (!traffic.isZero()) {
      after.merge(key, traffic, Traffic::plus);
    }
  }

  private void deduct(String iface, Traffic moved) {
    Traffic rest = moved;
    List<DeltaKey> rows = new ArrayList<>(after.keySet());
    rows.removeIf(key -> !isOfOwner(key, iface) || !key.isTotal());
    rows.sort(Comparator.comparingInt(DeltaKey::set));
    for (DeltaKey row : rows) {
      Traffic taken = smaller(rest, after.getOrDefault(row, Traffic.NONE));
      after.merge(row, taken, Traffic::minus);
      rest = rest.minus(taken);
    }
  }

  static Traffic smaller(Traffic a, Traffic b) {
    return new Traffic(
        Math.min(a.rxBytes(), b.rxBytes()),
        Math.min(a.rxPackets(), b.rxPackets()),
        Math.min(a.txBytes(), b.txBytes()),
        Math.min(a.txPackets(), b.txPackets()));
  }

  private static Traffic part(Traffic value, Traffic numerator, Traffic denominator) {
    return new Traffic(
        part(value.rxBytes(), numerator.rxBytes(), denominator.rxBytes()),
        part(value.rxPackets(), numerator.rxPackets(), denominator.rxPackets()),
        part(value.txBytes(), numerator.txBytes(), denominator.txBytes()),
        part(value.txPackets(), numerator.txPackets(), denominator.txPackets()));
  }

  private static long part(long value, long numerator, long denominator) {
    return denominator == 0 ? 0 : Proportion.floor(value, numerator, denominator);
  }
}
