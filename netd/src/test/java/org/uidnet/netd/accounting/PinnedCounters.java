package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MapInfo;
import org.uidnet.programs.Traffic;

/**
 * What the kernel has counted, read from the pins beside the daemon: by system calls, with the
 * offsets of {@code layout.h} written down once more, so that no view is trusted that the daemon
 * uses itself.
 */
final class PinnedCounters {
  /** What slot 0 has counted, whose UIDs are not known. */
  static final long NOBODY = -1;

  private static final int CONTROL_SIZE = 192;
  private static final int SLOT_SIZE = 64;
  private static final int KEY_SIZE = 32;
  private static final int SLOTS = 4;
  private static final int CPUS = 8;
  private static final int NEXT_SLOT = 132;
  private static final int KEY_UID = 0;
  private static final int KEY_STATE = 24;
  private static final int LIVE = 1;
  private static final int TX = 32;

  /** Hash and trie. */
  private static final Set<Integer> KEYED = Set.of(1, 11);

  private final Path maps;

  /** Of the only generation of maps below a directory of pins. */
  PinnedCounters(Path pins) throws IOException {
    try (Stream<Path> entries = Files.list(pins)) {
      List<Path> generations =
          entries.map(entry -> entry.resolve("maps")).filter(Files::isDirectory).toList();
      assertThat(generations).hasSize(1);
      maps = generations.get(0);
    }
  }

  /** How many keys each map has, of those that can tell; arrays and socket storage cannot. */
  Map<String, Long> entries() throws IOException {
    Map<String, Long> entries = new TreeMap<>();
    try (Stream<Path> pins = Files.list(maps)) {
      for (Path pin : pins.toList()) {
        try (Fd map = Bpf.openPin(pin)) {
          MapInfo info = Bpf.mapInfo(map);
          if (KEYED.contains(info.type())) {
            entries.put(info.name(), count(map, info.keySize()));
          }
        }
      }
    }
    return entries;
  }

  private static long count(Fd map, int keySize) {
    long count = 0;
    Optional<byte[]> key = Bpf.firstKey(map, keySize);
    while (key.isPresent()) {
      count++;
      key = Bpf.nextKey(map, key.get());
    }
    return count;
  }

  /** By UID, of all slots and processors. For kernels whose slots have never been given back. */
  Map<Long, Traffic> byUid() {
    try (Fd control = open("control");
        Fd keys = open("slot_keys");
        Fd slots = open("slots")) {
      ByteBuffer loaded = read(control, 0, CONTROL_SIZE);
      Map<Long, Traffic> sums = new TreeMap<>();
      for (int slot = 0; slot <= loaded.getInt(NEXT_SLOT); slot++) {
        Traffic counted = read(slots, slot, loaded.getInt(SLOTS), loaded.getInt(CPUS));
        if (!counted.isZero()) {
          sums.merge(uid(keys, slot), counted, Traffic::plus);
        }
      }
      return sums;
    }
  }

  private static long uid(Fd keys, int slot) {
    ByteBuffer key = read(keys, slot, KEY_SIZE);
    if (slot == 0) {
      return NOBODY;
    }
    assertThat(key.getInt(KEY_STATE)).as("state of slot " + slot).isEqualTo(LIVE);
    return Integer.toUnsignedLong(key.getInt(KEY_UID));
  }

  private static Traffic read(Fd slots, int slot, int ofOneCpu, int cpus) {
    Traffic sum = Traffic.NONE;
    for (int cpu = 0; cpu < cpus; cpu++) {
      ByteBuffer value = read(slots, cpu * ofOneCpu + slot, SLOT_SIZE);
      sum =
          sum.plus(
              new Traffic(
                  value.getLong(0), value.getLong(8), value.getLong(TX), value.getLong(TX + 8)));
    }
    return sum;
  }

  private Fd open(String map) {
    return Bpf.openPin(maps.resolve(map));
  }

  private static ByteBuffer read(Fd map, int index, int size) {
    byte[] key =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(index).array();
    return ByteBuffer.wrap(Bpf.lookup(map, key, size).orElseThrow()).order(ByteOrder.nativeOrder());
  }
}
