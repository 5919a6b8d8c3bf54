package org.uidnet.netd.differential;

/** One instruction, eight bytes ({@code linux/bpf.h}); 64-bit loads are two of them. */
record Op(int opcode, int target, int source, int offset, int immediate) {
  static final int LDX = 0x01;
  static final int ST = 0x02;
  static final int STX = 0x03;
  static final int ALU = 0x04;
  static final int JMP = 0x05;
  static final int JMP32 = 0x06;
  static final int ALU64 = 0x07;
  static final int REGISTER = 0x08;
  static final int MEM = 0x60;
  static final int ATOMIC = 0xc0;
  static final int LOAD_64 = 0x18;

  static final int ADD = 0x00;
  static final int DIV = 0x30;
  static final int LSH = 0x60;
  static final int RSH = 0x70;
  static final int NEG = 0x80;
  static final int MOD = 0x90;
  static final int MOV = 0xb0;
  static final int ARSH = 0xc0;
  static final int END = 0xd0;
  static final int JNE = 0x50;

  static final int CALL = 0x85;
  static final int EXIT = 0x95;

  /** Size bits of loads and stores, by the logarithm of the bytes. */
  private static final int[] SIZES = {0x10, 0x08, 0x00, 0x18};

  private static final String CLASSES = "ld ldx st stx alu32 jmp jmp32 alu64";
  private static final String ALUS = "+= -= *= /= |= &= <<= >>= neg %= ^= = s>>= swap";
  private static final String JUMPS = "ja == > >= & != s> s>= call exit < <= s< s<=";

  static Op alu64(int operation, int target, int immediate) {
    return new Op(ALU64 | operation, target, 0, 0, immediate);
  }

  static Op move(int target, int source) {
    return new Op(ALU64 | REGISTER | MOV, target, source, 0, 0);
  }

  static Op load(int bytes, int target, int base, int offset) {
    return new Op(LDX | MEM | size(bytes), target, base, offset, 0);
  }

  static Op store(int bytes, int base, int offset, int source) {
    return new Op(STX | MEM | size(bytes), base, source, offset, 0);
  }

  /** The same jump over so many instructions. */
  Op to(int instructions) {
    return new Op(opcode, target, source, instructions, immediate);
  }

  static int size(int bytes) {
    return SIZES[Integer.numberOfTrailingZeros(bytes)];
  }

  long word() {
    return opcode
        | (long) target << 8
        | (long) source << 12
        | (offset & 0xffffL) << 16
        | (long) immediate << 32;
  }

  @Override
  public String toString() {
    return "%016x  %s".formatted(word(), text());
  }

  private String text() {
    int kind = opcode & 7;
    String[] names = (kind == JMP || kind == JMP32 ? JUMPS : ALUS).split(" ");
    String name =
        CLASSES.split(" ")[kind]
            + (kind >= ALU && opcode >> 4 < names.length ? " " + names[opcode >> 4] : "");
    String operand = (opcode & REGISTER) != 0 ? "r" + source : "#" + immediate;
    return kind >= ALU
        ? "%s r%d, %s, goto %+d".formatted(name, target, operand, offset)
        : "%s%d [mode %02x] r%d, r%d, %+d, #%d"
            .formatted(name, bytes(opcode), opcode & 0xe0, target, source, offset, immediate);
  }

  private static int bytes(int opcode) {
    return switch (opcode & 0x18) {
      case 0x10 -> 1;
      case 0x08 -> 2;
      case 0x00 -> 4;
      default -> 8;
    };
  }
}
