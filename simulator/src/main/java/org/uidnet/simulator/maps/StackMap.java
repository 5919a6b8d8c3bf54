package org.uidnet.simulator.maps;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapSpec;

/** A stack ({@code kernel/bpf/queue_stack_maps.c}). Thread-safe. */
final class StackMap extends BpfMap {
  static final int TYPE = 23;

  private static final Bytes NO_KEY = Bytes.of(new byte[0]);

  /** The top is first. Guarded by itself. */
  private final Deque<byte[]> values = new ArrayDeque<>();

  StackMap(MapSpec spec) {
    super(spec);
    require(spec.keySize() == 0, "a stack has no keys");
    require(spec.valueSize() > 0 && spec.maxEntries() > 0, "a stack has room for values");
  }

  /** {@code EXIST} makes room by dropping the oldest. */
  @Override
  public int push(ByteBuffer value, int valueAt, long flags) {
    if (flags != ANY && flags != EXIST) {
      return -Errno.EINVAL;
    }
    byte[] copy = new byte[valueSize()];
    value.get(valueAt, copy);
    synchronized (values) {
      if (values.size() == spec().maxEntries()) {
        if (flags != EXIST) {
          return -Errno.E2BIG;
        }
        values.removeLast();
      }
      values.push(copy);
      return OK;
    }
  }

  @Override
  public int pop(ByteBuffer value, int valueAt) {
    byte[] top;
    synchronized (values) {
      top = values.poll();
    }
    value.put(valueAt, top == null ? new byte[valueSize()] : top);
    return top == null ? -Errno.ENOENT : OK;
  }

  @Override
  public Contents contents() {
    synchronized (values) {
      return new Contents(
          values.stream().map(value -> new Contents.Entry(NO_KEY, Bytes.of(value))).toList());
    }
  }
}
