package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;

/**
 * A hash ({@code kernel/bpf/hashtab.c}). Thread-safe.
 *
 * <p>A replaced value gets an element of its own, so a program that holds the old value's address
 * goes on seeing the old one. The element of a deleted key may be used again <em>at once</em>, for
 * another key, while programs still hold its address: preallocated maps always did that, the others
 * do since their elements come from {@code bpf_mem_alloc} (6.1). Here it is used again by the very
 * next update, the worst that can happen.
 */
final class HashMap extends BpfMap {
  static final int TYPE = 1;

  private static final int NONE = -1;

  private final ByteBuffer keys;
  private final Region values;

  /** First element of each chain and the next one of each element. Guarded by this. */
  private final int[] chains;

  private final int[] following;
  private int count;

  /** The element that was given back last; its chain are those before. */
  private int free;

  HashMap(MapSpec spec, Memory memory, int cpus) {
    super(spec);
    require(spec.keySize() > 0 && spec.valueSize() > 0, "a hash has keys and values");
    require(spec.maxEntries() > 0, "a hash has room for keys");
    // One more for each CPU that replaces a value while the map is full.
    int elements = spec.maxEntries() + cpus;
    keys =
        ByteBuffer.allocateDirect(Math.multiplyExact(elements, spec.keySize()))
            .order(ByteOrder.LITTLE_ENDIAN);
    values = memory.add(spec.name(), Region.Spec.memory(spec.valueSize(), elements));
    chains = new int[Integer.highestOneBit(elements) * 2];
    Arrays.fill(chains, NONE);
    following = new int[elements];
    Arrays.setAll(following, i -> i + 1);
    following[elements - 1] = NONE;
  }

  @Override
  public synchronized long lookup(ByteBuffer key, int keyAt) {
    int element = find(key, keyAt);
    return element == NONE ? 0 : values.address(element);
  }

  @Override
  public synchronized int update(
      ByteBuffer key, int keyAt, ByteBuffer value, int valueAt, long flags) {
    if (Long.compareUnsigned(flags, EXIST) > 0) {
      return -Errno.EINVAL;
    }
    int old = find(key, keyAt);
    if (old != NONE && flags == NOEXIST) {
      return -Errno.EEXIST;
    } else if (old == NONE && flags == EXIST) {
      return -Errno.ENOENT;
    } else if (old == NONE && count == spec().maxEntries()) {
      return -Errno.E2BIG;
    }
    insert(key, keyAt, value, valueAt);
    if (old != NONE) {
      remove(old, chainOf(key, keyAt));
    }
    return OK;
  }

  private void insert(ByteBuffer key, int keyAt, ByteBuffer value, int valueAt) {
    int element = free;
    free = following[element];
    keys.put(element * keySize(), key, keyAt, keySize());
    values.memory().put(values.position(element), value, valueAt, valueSize());
    int chain = chainOf(key, keyAt);
    following[element] = chains[chain];
    chains[chain] = element;
    count++;
  }

  @Override
  public synchronized int delete(ByteBuffer key, int keyAt) {
    int element = find(key, keyAt);
    if (element == NONE) {
      return -Errno.ENOENT;
    }
    remove(element, chainOf(key, keyAt));
    return OK;
  }

  private void remove(int element, int chain) {
    if (chains[chain] == element) {
      chains[chain] = following[element];
    } else {
      int before = chains[chain];
      while (following[before] != element) {
        before = following[before];
      }
      following[before] = following[element];
    }
    following[element] = free;
    free = element;
    count--;
  }

  private int find(ByteBuffer key, int keyAt) {
    int element = chains[chainOf(key, keyAt)];
    while (element != NONE && !hasKey(element, key, keyAt)) {
      element = following[element];
    }
    return element;
  }

  private boolean hasKey(int element, ByteBuffer key, int keyAt) {
    int at = element * keySize();
    for (int i = 0; i < keySize(); i++) {
      if (keys.get(at + i) != key.get(keyAt + i)) {
        return false;
      }
    }
    return true;
  }

  private int chainOf(ByteBuffer key, int keyAt) {
    int hash = 0;
    for (int i = 0; i < keySize(); i++) {
      hash = (hash * 31) + key.get(keyAt + i);
    }
    hash *= 0x9e3779b9;
    return hash >>> (1 + Integer.numberOfLeadingZeros(chains.length));
  }

  @Override
  public synchronized Contents contents() {
    List<Contents.Entry> entries = new ArrayList<>();
    for (int chain : chains) {
      for (int element = chain; element != NONE; element = following[element]) {
        entries.add(
            new Contents.Entry(
                Elements.bytes(keys, element * keySize(), keySize()),
                Elements.bytes(values, element)));
      }
    }
    entries.sort(Contents.BY_KEY);
    return new Contents(entries);
  }
}
