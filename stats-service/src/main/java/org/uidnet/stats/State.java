package org.uidnet.stats;

import java.util.List;
import java.util.Map;
import org.uidnet.programs.layout.Control;
import org.uidnet.stats.Interface.Place;

/**
 * What memory holds of the store, as of its last commit. The writer publishes a new one after each
 * commit; books alone are shared and only grow.
 *
 * @param totals what each series counted in this boot
 */
record State(
    Epoch epoch,
    Books books,
    Tiers tiers,
    Baseline baseline,
    Chunks totals,
    Map<Place, Device> devices,
    Imports imports,
    Alerts alerts) {

  /** As long as the store cannot be read. */
  static State unknown(Control control) {
    Books books = Books.empty(control.hostNamespace());
    books.interfaces().idOf(Interface.UNKNOWN);
    return new State(
        Epoch.unstored(0, 0, control),
        books,
        Tiers.none(),
        Baseline.NONE,
        Chunks.empty(Values.TRAFFIC),
        Map.of(),
        Imports.NONE,
        new Alerts(List.of()));
  }

  State with(Baseline other) {
    return new State(epoch, books, tiers, other, totals, devices, imports, alerts);
  }

  State with(Tiers other) {
    return new State(epoch, books, other, baseline, totals, devices, imports, alerts);
  }

  State with(Imports other) {
    return new State(epoch, books, tiers, baseline, totals, devices, other, alerts);
  }

  State with(Alerts other) {
    return new State(epoch, books, tiers, baseline, totals, devices, imports, other);
  }
}
