package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;

/**
 * A trie of prefixes ({@code kernel/bpf/lpm_trie.c}), kept as a list, the longest first: ours hold
 * a few. A key is the number of its bits and the bits. Thread-safe.
 */
final class PrefixMap extends BpfMap {
  static final int TYPE = 11;

  private static final int NO_PREALLOCATION = 1;
  private static final int BITS_AT = Integer.BYTES;

  /** A prefix and the element of its value. */
  private static final class Node {
    private final int length;
    private final byte[] bits;
    private final int element;

    Node(int length, byte[] bits, int element) {
      this.length = length;
      this.bits = bits;
      this.element = element;
    }

    int length() {
      return length;
    }

    boolean contains(ByteBuffer key, int keyAt) {
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((bits[bit / 8] & mask) != (key.get(keyAt + BITS_AT + bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Region values;
  private final int mostBits;

  /** Guarded by this, as all below. */
  private final List<Node> nodes = new ArrayList<>();

  private final Deque<Integer> free = new ArrayDeque<>();

  PrefixMap(MapSpec spec, Memory memory) {
    super(spec);
    require(spec.keySize() > BITS_AT, "a prefix has a length and bits");
    require(spec.valueSize() > 0 && spec.maxEntries() > 0, "a trie has room for values");
    require((spec.flags() & NO_PREALLOCATION) != 0, "a trie is never preallocated");
    mostBits = (spec.keySize() - BITS_AT) * Byte.SIZE;
    values = memory.add(spec.name(), Region.Spec.memory(spec.valueSize(), spec.maxEntries() + 1));
    for (int i = 0; i <= spec.maxEntries(); i++) {
      free.add(i);
    }
  }

  /** The value of the longest prefix that contains the key. */
  @Override
  public synchronized long lookup(ByteBuffer key, int keyAt) {
    int length = key.getInt(keyAt);
    return Integer.compareUnsigned(length, mostBits) > 0
        ? 0
        : nodes.stream()
            .filter(node -> node.length <= length && node.contains(key, keyAt))
            .findFirst()
            .map(node -> values.address(node.element))
            .orElse(0L);
  }

  @Override
  public synchronized int update(
      ByteBuffer key, int keyAt, ByteBuffer value, int valueAt, long flags) {
    if (Long.compareUnsigned(flags, EXIST) > 0 || isTooLong(key, keyAt)) {
      return -Errno.EINVAL;
    }
    int old = find(key, keyAt);
    if (old >= 0 && flags == NOEXIST) {
      return -Errno.EEXIST;
    } else if (old < 0 && flags == EXIST) {
      return -Errno.ENOENT;
    } else if (old < 0 && nodes.size() == spec().maxEntries()) {
      return -Errno.ENOSPC;
    }
    insert(key, keyAt, value, valueAt);
    if (old >= 0) {
      free.push(nodes.remove(find(key, keyAt)).element);
    }
    nodes.sort(Comparator.comparingInt(Node::length).reversed());
    return OK;
  }

  /** Behind an old node of the same key, so that the old one is found first. */
  private void insert(ByteBuffer key, int keyAt, ByteBuffer value, int valueAt) {
    byte[] bits = new byte[keySize() - BITS_AT];
    key.get(keyAt + BITS_AT, bits);
    int element = free.remove();
    values.memory().put(values.position(element), value, valueAt, valueSize());
    nodes.add(new Node(key.getInt(keyAt), bits, element));
  }

  @Override
  public synchronized int delete(ByteBuffer key, int keyAt) {
    if (isTooLong(key, keyAt)) {
      return -Errno.EINVAL;
    }
    int node = find(key, keyAt);
    if (node < 0) {
      return -Errno.ENOENT;
    }
    free.push(nodes.remove(node).element);
    return OK;
  }

  private boolean isTooLong(ByteBuffer key, int keyAt) {
    return Integer.compareUnsigned(key.getInt(keyAt), mostBits) > 0;
  }

  /** The node of exactly this prefix. */
  private int find(ByteBuffer key, int keyAt) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).length == key.getInt(keyAt) && nodes.get(i).contains(key, keyAt)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public synchronized Contents contents() {
    return new Contents(
        nodes.stream()
            .map(node -> new Contents.Entry(key(node), Elements.bytes(values, node.element)))
            .sorted(Contents.BY_KEY)
            .toList());
  }

  private Bytes key(Node node) {
    return Bytes.of(
        ByteBuffer.allocate(keySize())
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putInt(node.length)
            .put(node.bits)
            .array());
  }
}
