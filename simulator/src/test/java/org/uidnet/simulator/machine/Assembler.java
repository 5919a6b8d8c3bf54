package org.uidnet.simulator.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapReference;
import org.uidnet.programs.object.ProgramSpec;

/** Small programs, instruction by instruction. */
final class Assembler {
  private final String name;
  private final List<Long> code = new ArrayList<>();
  private final List<MapReference> maps = new ArrayList<>();

  Assembler(String name) {
    this.name = name;
  }

  /** Any instruction. */
  Assembler insn(int opcode, int target, int source, int offset, int immediate) {
    code.add(
        (opcode & 0xffL)
            | ((long) target << 8)
            | ((long) source << 12)
            | ((offset & 0xffffL) << 16)
            | ((long) immediate << 32));
    return this;
  }

  /** {@code target = immediate}. */
  Assembler set(int target, int immediate) {
    return insn(0xb7, target, 0, 0, immediate);
  }

  /** {@code target = source}. */
  Assembler move(int target, int source) {
    return insn(0xbf, target, source, 0, 0);
  }

  /** {@code target += immediate}. */
  Assembler add(int target, int immediate) {
    return insn(0x07, target, 0, 0, immediate);
  }

  /** {@code target = *(u64 *)(base + offset)}. */
  Assembler load64(int target, int base, int offset) {
    return insn(0x79, target, base, offset, 0);
  }

  /** {@code *(u64 *)(base + offset) = source}. */
  Assembler store64(int base, int offset, int source) {
    return insn(0x7b, base, source, offset, 0);
  }

  /** The address of a byte of a map's only value. */
  Assembler value(int target, String map, int offset) {
    return reference(target, map, OptionalInt.of(offset));
  }

  /** The map itself. */
  Assembler map(int target, String map) {
    return reference(target, map, OptionalInt.empty());
  }

  private Assembler reference(int target, String map, OptionalInt offset) {
    maps.add(new MapReference(code.size(), map, offset));
    return insn(0x18, target, 0, 0, 0).insn(0, 0, 0, 0, 0);
  }

  Assembler call(int helper) {
    return insn(0x85, 0, 0, 0, helper);
  }

  Assembler jump(int offset) {
    return insn(0x05, 0, 0, offset, 0);
  }

  Assembler exit() {
    return insn(0x95, 0, 0, 0, 0);
  }

  ProgramSpec spec() {
    ByteBuffer bytes = ByteBuffer.allocate(code.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
    code.forEach(bytes::putLong);
    return new ProgramSpec(name, "cgroup_skb/egress", 8, 1, Bytes.of(bytes.array()), maps);
  }
}
