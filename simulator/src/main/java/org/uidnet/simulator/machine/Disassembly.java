package org.uidnet.simulator.machine;

import java.util.Map;

/** Instructions as text, in the notation of llvm-objdump and the kernel's verifier. */
final class Disassembly {
  private static final String[] ARITHMETIC = {
    "+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>="
  };
  private static final String[] JUMPS = {
    "goto", "==", ">", ">=", "&", "!=", "s>", "s>=", "call", "exit", "<", "<=", "s<", "s<="
  };

  private final long[] code;
  private final Map<Integer, Helper> helpers;

  Disassembly(long[] code, Map<Integer, Helper> helpers) {
    this.code = code;
    this.helpers = helpers;
  }

  /** One instruction; those that do not exist as a number. */
  String text(int at) {
    long insn = code[at];
    String text =
        switch (Insn.opcode(insn) & Insn.CLASS) {
          case Insn.ALU -> arithmetic(insn, "w");
          case Insn.ALU64 -> arithmetic(insn, "r");
          case Insn.JMP -> jump(insn, "r");
          case Insn.JMP32 -> jump(insn, "w");
          case Insn.LD -> load64(at, insn);
          case Insn.LDX -> "r%d = %s".formatted(Insn.target(insn), memory(insn, Insn.source(insn)));
          default -> store(insn);
        };
    return text.isEmpty() ? "0x%016x".formatted(insn) : text;
  }

  private static String arithmetic(long insn, String kind) {
    int operation = Insn.opcode(insn) & Insn.OPERATION;
    String target = kind + Insn.target(insn);
    if (operation == Insn.END) {
      String order = (Insn.opcode(insn) & Insn.REGISTER) == 0 ? "le" : "be";
      return "r%d = %s%d r%1$d".formatted(Insn.target(insn), order, Insn.immediate(insn));
    } else if (operation == Insn.NEG) {
      return target + " = -" + target;
    }
    int index = operation >> 4;
    return index < ARITHMETIC.length
        ? target + " " + ARITHMETIC[index] + " " + operand(insn, kind)
        : "";
  }

  private static String operand(long insn, String kind) {
    return (Insn.opcode(insn) & Insn.REGISTER) == 0
        ? String.valueOf(Insn.immediate(insn))
        : kind + Insn.source(insn);
  }

  private String jump(long insn, String kind) {
    int index = Insn.opcode(insn) >> 4;
    if (index >= JUMPS.length) {
      return "";
    }
    return switch (index << 4) {
      case Insn.JA -> "goto %+d".formatted(Insn.offset(insn));
      case Insn.CALL -> call(insn);
      case Insn.EXIT -> "exit";
      default ->
          "if %s%d %s %s goto %+d"
              .formatted(
                  kind, Insn.target(insn), JUMPS[index], operand(insn, kind), Insn.offset(insn));
    };
  }

  private String call(long insn) {
    int number = Insn.immediate(insn);
    if (Insn.source(insn) == Insn.PSEUDO_CALL) {
      return "call %+d".formatted(number);
    }
    Helper helper = helpers.get(number);
    return helper == null ? "call " + number : "call " + helper.name() + "#" + number;
  }

  private String load64(int at, long insn) {
    if (Insn.opcode(insn) != Insn.LOAD_64 || at + 1 == code.length) {
      return "";
    }
    long number = (insn >>> 32) | (code[at + 1] & 0xffff_ffff_0000_0000L);
    return "r%d = 0x%x ll".formatted(Insn.target(insn), number);
  }

  private static String memory(long insn, int base) {
    return "*(u%d *)(r%d %+d)".formatted(8 * Insn.size(Insn.opcode(insn)), base, Insn.offset(insn));
  }

  private static String store(long insn) {
    int opcode = Insn.opcode(insn);
    String place = memory(insn, Insn.target(insn));
    if ((opcode & Insn.CLASS) == Insn.ST) {
      return place + " = " + Insn.immediate(insn);
    }
    String source = "r" + Insn.source(insn);
    if ((opcode & Insn.MODE) != Insn.ATOMIC) {
      return place + " = " + source;
    }
    int immediate = Insn.immediate(insn);
    boolean fetches = (immediate & AtomicOperation.FETCH) != 0;
    return AtomicOperation.exists(immediate)
        ? "lock %s%s %s %s"
            .formatted(fetches ? "fetch " : "", place, AtomicOperation.of(immediate), source)
        : "";
  }
}
