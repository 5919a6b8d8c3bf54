package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;
import org.uidnet.simulator.machine.Trap;

/**
 * A map with the kernel's semantics. Keys and values are read where they are: a buffer and a
 * position in it. Errors are answered as negative numbers of {@link Errno}. A call that the
 * kernel's verifier does not let programs make on this kind of map is a {@link Trap}.
 */
public abstract class BpfMap {
  /** {@code update} flags: make or replace, make only, replace only. */
  public static final long ANY = 0;

  public static final long NOEXIST = 1;
  public static final long EXIST = 2;

  static final int OK = 0;

  private final MapSpec spec;

  BpfMap(MapSpec spec) {
    this.spec = spec;
  }

  /**
   * Makes an empty map.
   *
   * @throws IllegalArgumentException if there is no such map
   */
  public static BpfMap create(MapSpec spec, Memory memory, int cpus) {
    return switch (spec.type()) {
      case HashMap.TYPE -> new HashMap(spec, memory, cpus);
      case ArrayMap.TYPE -> new ArrayMap(spec, memory);
      case StackMap.TYPE -> new StackMap(spec);
      case PrefixMap.TYPE -> new PrefixMap(spec, memory);
      case RingMap.TYPE -> new RingMap(spec, memory, cpus);
      case SocketStorageMap.TYPE -> new SocketStorageMap(spec, memory);
      default ->
          throw new IllegalArgumentException(
              "map %s: the simulator has no maps of type %d".formatted(spec.name(), spec.type()));
    };
  }

  public final String name() {
    return spec.name();
  }

  public final int keySize() {
    return spec.keySize();
  }

  public final int valueSize() {
    return spec.valueSize();
  }

  final MapSpec spec() {
    return spec;
  }

  /** The address of a key's value; 0 if it is not there. */
  public long lookup(ByteBuffer key, int keyAt) {
    throw unfit("looked up");
  }

  /** Stores a value. */
  public int update(ByteBuffer key, int keyAt, ByteBuffer value, int valueAt, long flags) {
    throw unfit("updated");
  }

  /** Takes a key out. */
  public int delete(ByteBuffer key, int keyAt) {
    throw unfit("deleted from");
  }

  /** Puts a value on top. */
  public int push(ByteBuffer value, int valueAt, long flags) {
    throw unfit("pushed on");
  }

  /** Takes the top; clears the value if there is none. */
  public int pop(ByteBuffer value, int valueAt) {
    throw unfit("popped from");
  }

  /**
   * Where the values are.
   *
   * @throws Trap if this kind of map shows them to nobody
   */
  public Region values() {
    throw unfit("mapped");
  }

  /** Contents as they are now, for comparison: keys and values in a fixed order, nothing shared. */
  public abstract Contents contents();

  private Trap unfit(String tried) {
    return new Trap(
        "uses map " + name() + " of type " + spec.type() + ", which cannot be " + tried);
  }

  final void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("map " + name() + ": " + otherwise);
    }
  }
}
