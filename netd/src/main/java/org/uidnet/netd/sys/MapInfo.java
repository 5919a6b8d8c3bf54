package org.uidnet.netd.sys;

import com.sun.jna.Memory;

/** What the kernel says of a map; {@code btfId} is 0 if its types are not described. */
public record MapInfo(
    int id,
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int btfId,
    int valueTypeId) {
  static final int SIZE = 76;

  static MapInfo of(Memory info) {
    return new MapInfo(
        info.getInt(4),
        Bpf.text(info, 24, 16),
        info.getInt(0),
        info.getInt(8),
        info.getInt(12),
        info.getInt(16),
        info.getInt(20),
        info.getInt(64),
        info.getInt(72));
  }
}
