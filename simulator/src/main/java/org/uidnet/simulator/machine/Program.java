package org.uidnet.simulator.machine;

import java.util.Map;

/** A program that has been checked and decoded; any number of processors may run it. Immutable. */
public final class Program {
  static final Program NONE =
      new Program(
          "no program",
          new long[0],
          new long[0],
          new Helper[0],
          new Disassembly(new long[0], Map.of()));

  private final String name;
  private final long[] code;
  private final long[] constants;
  private final Helper[] helpers;
  private final Disassembly source;

  Program(String name, long[] code, long[] constants, Helper[] helpers, Disassembly source) {
    this.name = name;
    this.code = code;
    this.constants = constants;
    this.helpers = helpers;
    this.source = source;
  }

  public String name() {
    return name;
  }

  /**
   * Instructions by index. Those of 64-bit loads and helper calls carry an index into the two
   * tables below as their immediate.
   */
  long[] code() {
    return code;
  }

  long[] constants() {
    return constants;
  }

  Helper[] helpers() {
    return helpers;
  }

  /** Such as {@code uidnet_egress, instruction 17: r1 = *(u32 *)(r0 + 64)}. */
  String place(int instruction) {
    return name + ", instruction " + instruction + ": " + source.text(instruction);
  }
}
