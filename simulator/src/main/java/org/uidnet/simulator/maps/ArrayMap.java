package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Region;

/**
 * An array ({@code kernel/bpf/arraymap.c}): all elements are there from the start and stay; values
 * are changed in place.
 */
final class ArrayMap extends BpfMap {
  static final int TYPE = 2;

  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  private final Region values;

  ArrayMap(MapSpec spec, Memory memory) {
    super(spec);
    require(spec.keySize() == 4, "an array's keys have 4 bytes");
    require(spec.valueSize() > 0 && spec.maxEntries() > 0, "an array has elements");
    Region.Spec region = Region.Spec.memory(spec.valueSize(), spec.maxEntries());
    boolean readOnly = (spec.flags() & READ_ONLY_FOR_PROGRAMS) != 0;
    values = memory.add(spec.name(), readOnly ? region.readOnly() : region);
    spec.constants().ifPresent(constants -> values.memory().put(0, constants.bytes().toArray()));
  }

  @Override
  public long lookup(ByteBuffer key, int keyAt) {
    int index = key.getInt(keyAt);
    return Integer.compareUnsigned(index, values.count()) < 0 ? values.address(index) : 0;
  }

  @Override
  public int update(ByteBuffer key, int keyAt, ByteBuffer value, int valueAt, long flags) {
    int index = key.getInt(keyAt);
    if (Long.compareUnsigned(flags, EXIST) > 0) {
      return -Errno.EINVAL;
    } else if (Integer.compareUnsigned(index, values.count()) >= 0) {
      return -Errno.E2BIG;
    } else if (flags == NOEXIST) {
      return -Errno.EEXIST;
    }
    values.memory().put(values.position(index), value, valueAt, valueSize());
    return OK;
  }

  @Override
  public int delete(ByteBuffer key, int keyAt) {
    return -Errno.EINVAL;
  }

  @Override
  public Region values() {
    return values;
  }

  @Override
  public Contents contents() {
    return new Contents(
        IntStream.range(0, values.count())
            .mapToObj(i -> new Contents.Entry(Elements.word(i), Elements.bytes(values, i)))
            .toList());
  }
}
