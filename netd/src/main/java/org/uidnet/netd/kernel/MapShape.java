package org.uidnet.netd.kernel;

import org.uidnet.netd.sys.MapInfo;
import org.uidnet.programs.object.MapSpec;

/** What must be equal for a pinned map to serve as the one that we would make. */
record MapShape(int type, int keySize, int valueSize, int maxEntries, int flags) {
  static MapShape of(MapSpec map) {
    return new MapShape(map.type(), map.keySize(), map.valueSize(), map.maxEntries(), map.flags());
  }

  static MapShape of(MapInfo map) {
    return new MapShape(map.type(), map.keySize(), map.valueSize(), map.maxEntries(), map.flags());
  }

  long bytes() {
    return (long) valueSize * maxEntries;
  }
}
