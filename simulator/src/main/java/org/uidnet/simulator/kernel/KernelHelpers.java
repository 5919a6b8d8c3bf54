package org.uidnet.simulator.kernel;

import java.nio.ByteBuffer;
import java.util.List;
import org.uidnet.simulator.machine.Fields;
import org.uidnet.simulator.machine.Helper;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Processor;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.machine.Trap;
import org.uidnet.simulator.maps.BpfMap;
import org.uidnet.simulator.maps.Errno;
import org.uidnet.simulator.maps.RingMap;
import org.uidnet.simulator.maps.SocketStorageMap;

/** The helpers that our programs call, with the kernel's numbers, answers and errors. */
final class KernelHelpers {
  private static final long SK_STORAGE_GET_CREATE = 1;

  private final SimulatedKernel kernel;
  private final Memory memory;

  KernelHelpers(SimulatedKernel kernel, Memory memory) {
    this.kernel = kernel;
    this.memory = memory;
  }

  List<Helper> all() {
    return List.of(
        new Helper(1, "map_lookup_elem", (cpu, map, key, c, d, e) -> lookup(map, key)),
        new Helper(
            2,
            "map_update_elem",
            (cpu, map, key, value, flags, e) -> update(map, key, value, flags)),
        new Helper(3, "map_delete_elem", (cpu, map, key, c, d, e) -> delete(map, key)),
        new Helper(8, "get_smp_processor_id", (cpu, a, b, c, d, e) -> cpu.number()),
        new Helper(15, "get_current_uid_gid", (cpu, a, b, c, d, e) -> currentUidGid(cpu)),
        new Helper(26, "skb_load_bytes", this::skbLoadBytes),
        new Helper(46, "get_socket_cookie", (cpu, skb, b, c, d, e) -> socketCookie(cpu, skb)),
        new Helper(47, "get_socket_uid", (cpu, skb, b, c, d, e) -> socketUid(cpu, skb)),
        new Helper(87, "map_push_elem", (cpu, map, value, flags, d, e) -> push(map, value, flags)),
        new Helper(88, "map_pop_elem", (cpu, map, value, c, d, e) -> pop(map, value)),
        new Helper(95, "sk_fullsock", (cpu, socket, b, c, d, e) -> fullSocket(cpu, socket)),
        new Helper(107, "sk_storage_get", this::socketStorage),
        new Helper(122, "get_netns_cookie", (cpu, context, b, c, d, e) -> cookie(cpu, context)),
        new Helper(125, "ktime_get_boot_ns", (cpu, a, b, c, d, e) -> kernel.nanos()),
        new Helper(
            131, "ringbuf_reserve", (cpu, ring, size, flags, d, e) -> reserve(cpu, ring, size)),
        new Helper(132, "ringbuf_submit", (cpu, record, flags, c, d, e) -> submit(record)));
  }

  private BpfMap map(long address) {
    Region region = memory.region(address);
    Fields fields = region.fields();
    if (fields instanceof MapHandle handle && address == region.address(0)) {
      return handle.map();
    }
    throw new Trap("passes " + memory.describe(address) + " where a map is expected");
  }

  private ByteBuffer bytes(long address) {
    return memory.region(address).memory();
  }

  private long lookup(long address, long key) {
    BpfMap map = map(address);
    int at = memory.readable(key, map.keySize());
    return map.lookup(bytes(key), at);
  }

  private long update(long address, long key, long value, long flags) {
    BpfMap map = map(address);
    int keyAt = memory.readable(key, map.keySize());
    int valueAt = memory.readable(value, map.valueSize());
    return map.update(bytes(key), keyAt, bytes(value), valueAt, flags);
  }

  private long delete(long address, long key) {
    BpfMap map = map(address);
    int at = memory.readable(key, map.keySize());
    return map.delete(bytes(key), at);
  }

  private long push(long address, long value, long flags) {
    BpfMap map = map(address);
    int at = memory.readable(value, map.valueSize());
    return map.push(bytes(value), at, flags);
  }

  private long pop(long address, long value) {
    BpfMap map = map(address);
    int at = memory.writable(value, map.valueSize());
    return map.pop(bytes(value), at);
  }

  /** {@code bpf_skb_load_bytes}: all or nothing; nothing clears the bytes. */
  private long skbLoadBytes(
      Processor processor, long context, long offset, long to, long length, long unused) {
    Skb skb = packet(processor, context);
    int size = (int) length;
    int from = (int) offset;
    if (size <= 0) {
      throw new Trap("loads " + size + " bytes of a packet");
    }
    int at = memory.writable(to, size);
    ByteBuffer target = bytes(to);
    boolean inside = from >= 0 && from <= skb.length() - size;
    for (int i = 0; i < size; i++) {
      boolean known = inside && from + i < skb.head().length;
      target.put(at + i, known ? skb.head()[from + i] : 0);
    }
    return inside ? 0 : -Errno.EFAULT;
  }

  /** The UID as the user namespace that owns the network namespace shows it. */
  private long socketUid(Processor processor, long context) {
    packet(processor, context);
    Socket socket = cpu(processor).socket();
    return socket.namespace().owner().inside(socket.uid());
  }

  private long socketCookie(Processor processor, long context) {
    packet(processor, context);
    return cpu(processor).socket().cookie();
  }

  private long reserve(Processor processor, long address, long size) {
    return ring(address).reserve((int) size, processor.number());
  }

  private long submit(long record) {
    RingMap.submit(memory, record);
    return 0;
  }

  private RingMap ring(long address) {
    if (map(address) instanceof RingMap ring) {
      return ring;
    }
    throw new Trap("uses map " + map(address).name() + " as a ring buffer");
  }

  private long currentUidGid(Processor processor) {
    long uid = cpu(processor).caller();
    return (uid << 32) | uid;
  }

  private long fullSocket(Processor processor, long socket) {
    requireSocket(processor, socket);
    return socket;
  }

  private long socketStorage(
      Processor processor, long address, long socket, long value, long flags, long unused) {
    if (!(map(address) instanceof SocketStorageMap storage)) {
      throw new Trap("uses map " + map(address).name() + " as socket storage");
    } else if ((flags & ~SK_STORAGE_GET_CREATE) != 0 || value != 0) {
      throw new Trap("asks for socket storage in a way that is not simulated");
    }
    requireSocket(processor, socket);
    Socket holder = cpu(processor).socket();
    return flags == 0 ? storage.get(holder) : storage.getOrCreate(holder);
  }

  private long cookie(Processor processor, long context) {
    if (context != cpu(processor).contextAddress()) {
      throw new Trap("passes " + memory.describe(context) + " where its context is expected");
    }
    return cpu(processor).socket().namespace().cookie();
  }

  private Skb packet(Processor processor, long context) {
    Cpu cpu = cpu(processor);
    if (context != cpu.contextAddress()) {
      throw new Trap("passes " + memory.describe(context) + " where its packet is expected");
    }
    return cpu.skb();
  }

  private void requireSocket(Processor processor, long address) {
    if (address == 0 || address != cpu(processor).socketAddress()) {
      throw new Trap("passes " + memory.describe(address) + " where its socket is expected");
    }
  }

  private Cpu cpu(Processor processor) {
    return kernel.cpu(processor.number());
  }
}
