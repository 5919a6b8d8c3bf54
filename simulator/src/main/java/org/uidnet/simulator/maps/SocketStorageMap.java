package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;

/**
 * Values that live in sockets and die with them ({@code net/core/bpf_sk_storage.c}). For the thread
 * that runs the programs.
 */
public final class SocketStorageMap extends BpfMap {
  static final int TYPE = 24;

  private static final int NO_PREALLOCATION = 1;
  private static final int CLONE = 1 << 9;
  private static final int FIRST_ROOM = 64;

  private final Region values;
  private final Deque<Integer> free = new ArrayDeque<>();
  private int used;

  /** How user space names sockets. */
  private Descriptors descriptors = number -> Optional.empty();

  /** The descriptors of the process that uses the map. */
  @FunctionalInterface
  public interface Descriptors {
    /** The socket of a descriptor; empty if it is not open. */
    Optional<Holder> socket(int number);
  }

  /** A socket. */
  public interface Holder {
    /** Which element of each map is its own; the maps keep it. */
    Map<SocketStorageMap, Integer> storage();
  }

  SocketStorageMap(MapSpec spec, Memory memory) {
    super(spec);
    require(spec.keySize() == 4 && spec.valueSize() > 0, "keys have 4 bytes, and values some");
    require(spec.maxEntries() == 0, "storage has no size of its own");
    require((spec.flags() & NO_PREALLOCATION) != 0, "storage is never preallocated");
    values = memory.add(spec.name(), Region.Spec.memory(spec.valueSize(), FIRST_ROOM));
  }

  /** Lets user space reach values by descriptor. */
  public void nameBy(Descriptors known) {
    descriptors = known;
  }

  @Override
  public long lookup(ByteBuffer key, int keyAt) {
    return descriptors.socket(key.getInt(keyAt)).map(this::get).orElse(0L);
  }

  /** The whole value is replaced. */
  @Override
  public int update(ByteBuffer key, int keyAt, ByteBuffer value, int valueAt, long flags) {
    Optional<Holder> socket = descriptors.socket(key.getInt(keyAt));
    if (socket.isEmpty()) {
      return -Errno.EBADF;
    }
    int element = values.element(getOrCreate(socket.get()));
    values.memory().put(values.position(element), value, valueAt, valueSize());
    return OK;
  }

  @Override
  public int delete(ByteBuffer key, int keyAt) {
    Optional<Holder> socket = descriptors.socket(key.getInt(keyAt));
    if (socket.isEmpty()) {
      return -Errno.EBADF;
    }
    boolean had = get(socket.get()) != 0;
    closed(socket.get());
    return had ? OK : -Errno.ENOENT;
  }

  /** The address of a socket's value; 0 if it has none. */
  public long get(Holder socket) {
    Integer element = socket.storage().get(this);
    return element == null ? 0 : values.address(element);
  }

  /** The same, made and zeroed if there is none. */
  public long getOrCreate(Holder socket) {
    return values.address(socket.storage().computeIfAbsent(this, any -> take()));
  }

  private int take() {
    Integer element = free.poll();
    if (element == null) {
      if (used == values.count()) {
        values.grow(2 * used);
      }
      element = used++;
    }
    values.memory().put(values.position(element), new byte[valueSize()]);
    return element;
  }

  /** A connection was accepted: maps made for it give it a copy of the listener's value. */
  public void accepted(Holder listener, Holder connection) {
    if ((spec().flags() & CLONE) != 0 && get(listener) != 0) {
      int to = values.element(getOrCreate(connection));
      int from = values.element(get(listener));
      values.memory().put(values.position(to), values.memory(), values.position(from), valueSize());
    }
  }

  /** The socket is gone, and its value with it. */
  public void closed(Holder socket) {
    Integer element = socket.storage().remove(this);
    if (element != null) {
      free.push(element);
    }
  }

  /** A copy of a socket's value; empty if it has none. */
  public Optional<Bytes> value(Holder socket) {
    return Optional.ofNullable(socket.storage().get(this))
        .map(element -> Elements.bytes(values, element));
  }

  /** None: the kernel cannot list them either. */
  @Override
  public Contents contents() {
    return new Contents(java.util.List.of());
  }
}
