package org.uidnet.stats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Truth;

/** Truth by interface, whatever it was metered or called besides. */
final class TruthTable {
  private final Map<Key, long[]> lines = new LinkedHashMap<>();

  private record Key(String iface, long netns, int ifindex, Networks.View view) {}

  void add(Interface iface, Traffic device, Traffic uids) {
    Key key = new Key(iface.label(), iface.netns(), iface.ifindex(), iface.view());
    Values.add(
        lines.computeIfAbsent(key, k -> new long[2 * Values.TRAFFIC]), Values.join(device, uids));
  }

  List<Truth> list() {
    List<Truth> truths = new ArrayList<>();
    lines.forEach(
        (key, values) -> {
          Traffic device = Values.traffic(values, 0);
          Traffic uids = Values.traffic(values, Values.TRAFFIC);
          truths.add(
              new Truth(
                  key.iface(),
                  key.netns(),
                  key.ifindex(),
                  key.view(),
                  device,
                  uids,
                  device.minus(uids)));
        });
    return truths;
  }
}
