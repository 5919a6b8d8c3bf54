package org.uidnet.simulator.machine;

/**
 * An instruction as one 64-bit word, and the parts of opcodes ({@code linux/bpf.h}):
 *
 * <pre>
 * 63        32 31    16 15     12 11     8 7      0
 * | immediate | offset | source  | target | opcode |
 *
 * opcode of arithmetic and jumps: | operation:4 | source is a register:1 | class:3 |
 * opcode of loads and stores:     | mode:3 | size:2 | class:3 |
 * </pre>
 */
final class Insn {
  static final int CLASS = 0x07;
  static final int LD = 0x00;
  static final int LDX = 0x01;
  static final int ST = 0x02;
  static final int STX = 0x03;
  static final int ALU = 0x04;
  static final int JMP = 0x05;
  static final int JMP32 = 0x06;
  static final int ALU64 = 0x07;

  static final int REGISTER = 0x08;
  static final int OPERATION = 0xf0;

  static final int DIV = 0x30;
  static final int LSH = 0x60;
  static final int RSH = 0x70;
  static final int NEG = 0x80;
  static final int MOD = 0x90;
  static final int MOV = 0xb0;
  static final int ARSH = 0xc0;
  static final int END = 0xd0;

  static final int JA = 0x00;
  static final int CALL = 0x80;
  static final int EXIT = 0x90;
  static final int LAST_JUMP = 0xd0;

  static final int SIZE = 0x18;
  static final int W = 0x00;
  static final int DW = 0x18;
  static final int MODE = 0xe0;
  static final int IMM = 0x00;
  static final int MEM = 0x60;
  static final int ATOMIC = 0xc0;

  static final int LOAD_64 = LD | IMM | DW;
  static final int CALL_HELPER = JMP | CALL;
  static final int RETURN = JMP | EXIT;

  static final int ADD = 0x00;
  static final int SUB = 0x10;
  static final int MUL = 0x20;
  static final int OR = 0x40;
  static final int AND = 0x50;
  static final int XOR = 0xa0;

  static final int JEQ = 0x10;
  static final int JGT = 0x20;
  static final int JGE = 0x30;
  static final int JSET = 0x40;
  static final int JNE = 0x50;
  static final int JSGT = 0x60;
  static final int JSGE = 0x70;
  static final int JLT = 0xa0;
  static final int JLE = 0xb0;
  static final int JSLT = 0xc0;
  static final int JSLE = 0xd0;

  /*
   * Decoded instructions differ in this: bit 3 of the opcode says that the operand is a register in
   * all of them, so what used it otherwise has an opcode of its own.
   */
  static final int DECODED = 0xff & ~REGISTER;
  static final int CALL_FUNCTION = JMP | 0xe0;
  static final int ATOMIC_32 = STX | 0x80;
  static final int ATOMIC_64 = STX | 0xa0;
  static final int SIZE_8 = 0x00;
  static final int SIZE_16 = 0x20;
  static final int SIZE_32 = 0x40;
  static final int SIZE_64 = 0x60;

  /** Source of a call: a function of this program. */
  static final int PSEUDO_CALL = 1;

  /** The frame pointer, which programs cannot change. */
  static final int FRAME = 10;

  private Insn() {}

  static int opcode(long insn) {
    return (int) insn & 0xff;
  }

  static int target(long insn) {
    return (int) (insn >>> 8) & 15;
  }

  static int source(long insn) {
    return (int) (insn >>> 12) & 15;
  }

  static int offset(long insn) {
    return (short) (insn >>> 16);
  }

  static int immediate(long insn) {
    return (int) (insn >>> 32);
  }

  static long withImmediate(long insn, int immediate) {
    return (insn & 0xffff_ffffL) | ((long) immediate << 32);
  }

  static long withOpcode(long insn, int opcode) {
    return (insn & ~0xffL) | opcode;
  }

  /** The decoded opcode of a load or store. */
  static int decodedAccess(int opcode) {
    boolean register = (opcode & CLASS) == STX;
    if (register && (opcode & MODE) == ATOMIC) {
      return REGISTER | (size(opcode) == 8 ? ATOMIC_64 : ATOMIC_32);
    }
    int size =
        switch (size(opcode)) {
          case 1 -> SIZE_8;
          case 2 -> SIZE_16;
          case 4 -> SIZE_32;
          default -> SIZE_64;
        };
    return (opcode & CLASS) | size | (register ? REGISTER : 0);
  }

  /** Whether it is a load or store. */
  static boolean isAccess(long insn) {
    int kind = opcode(insn) & CLASS;
    return kind == LDX || kind == ST || kind == STX;
  }

  /** Bytes that a load or store moves. */
  static int size(int opcode) {
    return switch (opcode & SIZE) {
      case W -> 4;
      case 0x08 -> 2;
      case 0x10 -> 1;
      default -> 8;
    };
  }
}
