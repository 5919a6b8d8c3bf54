package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The argument of one bpf call: zeroed, and no longer than the fields that we use, because a kernel
 * refuses what lies beyond the fields that it knows. Keeps the memory it points to alive. Not
 * thread-safe.
 */
final class Attr {
  private final Memory memory;
  private final List<Memory> pointedTo = new ArrayList<>();

  Attr(int size) {
    memory = zeroed(size);
  }

  static Memory zeroed(int size) {
    Memory memory = new Memory(size);
    memory.clear();
    return memory;
  }

  static Memory copyOf(byte[] bytes) {
    Memory memory = new Memory(Math.max(1, bytes.length));
    memory.write(0, bytes, 0, bytes.length);
    return memory;
  }

  static Memory copyOf(String text) {
    Memory memory = new Memory(text.getBytes(StandardCharsets.UTF_8).length + 1L);
    memory.setString(0, text, "UTF-8");
    return memory;
  }

  Attr u32(int offset, int value) {
    memory.setInt(offset, value);
    return this;
  }

  Attr u64(int offset, long value) {
    memory.setLong(offset, value);
    return this;
  }

  Attr fd(int offset, Fd fd) {
    return u32(offset, fd.number());
  }

  Attr pointer(int offset, Memory to) {
    pointedTo.add(to);
    memory.setPointer(offset, to);
    return this;
  }

  /** A name of the kernel's: 15 characters and a zero. */
  Attr name(int offset, String name) {
    for (int i = 0; i < Math.min(15, name.length()); i++) {
      memory.setByte(offset + (long) i, (byte) name.charAt(i));
    }
    return this;
  }

  int u32(int offset) {
    return memory.getInt(offset);
  }

  /** Makes the call; -1 and an errno if it fails. */
  long call(int command) {
    try {
      return Libc.syscall(Arch.current().bpf(), command, memory, memory.size());
    } finally {
      Reference.reachabilityFence(pointedTo);
    }
  }
}
