package org.uidnet.simulator.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.uidnet.programs.object.MapReference;
import org.uidnet.programs.object.ProgramSpec;

/**
 * Checks programs and decodes them. Refuses what needs no run to be known as wrong: unknown
 * instructions and helpers, jumps out of a function, reserved bits, constant divisions by zero.
 * What the kernel's verifier proves beyond that is checked while a program runs.
 */
public final class Loader {
  private final Map<Integer, Helper> helpers;
  private final ToLongFunction<MapReference> maps;

  /**
   * Loads for one kernel.
   *
   * @param maps the address that a reference stands for
   */
  public Loader(List<Helper> helpers, ToLongFunction<MapReference> maps) {
    this.helpers = helpers.stream().collect(Collectors.toMap(Helper::number, Function.identity()));
    this.maps = maps;
  }

  /**
   * Makes a program ready to run.
   *
   * @throws RefusedException if it cannot be
   */
  public Program load(ProgramSpec spec) {
    return new Load(spec).load();
  }

  /** One program. */
  private final class Load {
    private final String name;
    private final long[] source;
    private final long[] code;
    private final Disassembly text;
    private final Map<Integer, Long> references = new HashMap<>();
    private final List<Long> constants = new ArrayList<>();
    private final Set<Helper> used = new LinkedHashSet<>();

    /** For each instruction where its function begins; -1 in the second half of a 64-bit load. */
    private final int[] functions;

    Load(ProgramSpec spec) {
      name = spec.name();
      source = new long[spec.instructions().size() / Long.BYTES];
      spec.instructions().buffer().asLongBuffer().get(source);
      code = source.clone();
      text = new Disassembly(source, helpers);
      spec.maps().forEach(map -> references.put(map.instruction(), maps.applyAsLong(map)));
      functions = new int[source.length];
    }

    Program load() {
      require(source.length > 0, 0, "there is none");
      findFunctions();
      for (int at = 0; at < code.length; at++) {
        if (functions[at] >= 0) {
          check(at);
          decode(at);
        }
      }
      return new Program(
          name,
          code,
          constants.stream().mapToLong(Long::longValue).toArray(),
          used.toArray(Helper[]::new),
          text);
    }

    /** Functions begin where calls lead to. */
    private void findFunctions() {
      boolean[] starts = new boolean[source.length];
      for (int at = 0; at < source.length; at++) {
        if (isFunctionCall(source[at])) {
          int target = at + 1 + Insn.immediate(source[at]);
          require(target > 0 && target < source.length, at, "it calls what is not in the program");
          starts[target] = true;
        }
      }
      int start = 0;
      for (int at = 0; at < source.length; at++) {
        start = starts[at] ? at : start;
        functions[at] = start;
        if (Insn.opcode(source[at]) == Insn.LOAD_64) {
          require(at + 1 < source.length && source[at + 1] << 32 == 0, at, "half of it is missing");
          functions[++at] = -1;
        }
      }
    }

    private static boolean isFunctionCall(long insn) {
      return Insn.opcode(insn) == Insn.CALL_HELPER && Insn.source(insn) == Insn.PSEUDO_CALL;
    }

    private void check(int at) {
      long insn = source[at];
      require(
          Insn.target(insn) <= Insn.FRAME && Insn.source(insn) <= Insn.FRAME,
          at,
          "there are registers up to r10");
      switch (Insn.opcode(insn) & Insn.CLASS) {
        case Insn.ALU, Insn.ALU64 -> checkArithmetic(at, insn);
        case Insn.JMP, Insn.JMP32 -> checkJump(at, insn);
        case Insn.LD -> checkLoad64(at, insn);
        case Insn.LDX -> checkLoad(at, insn);
        default -> checkStore(at, insn);
      }
    }

    private void checkArithmetic(int at, long insn) {
      int opcode = Insn.opcode(insn);
      int operation = opcode & Insn.OPERATION;
      boolean wide = (opcode & Insn.CLASS) == Insn.ALU64;
      require(operation <= Insn.END && !(wide && operation == Insn.END), at, "it is unknown");
      require(Insn.offset(insn) == 0, at, "its offset is reserved");
      checkTarget(at, insn);
      if (operation == Insn.END) {
        int bits = Insn.immediate(insn);
        require(bits == 16 || bits == 32 || bits == 64, at, "it swaps 16, 32 or 64 bits");
        require(Insn.source(insn) == 0, at, "its source is reserved");
      } else if (operation == Insn.NEG) {
        require((opcode & Insn.REGISTER) == 0 && insn >>> 12 == 0, at, "its source is reserved");
      } else if ((opcode & Insn.REGISTER) != 0) {
        require(Insn.immediate(insn) == 0, at, "its immediate is reserved");
      } else {
        require(Insn.source(insn) == 0, at, "its source is reserved");
        checkConstant(at, operation, Insn.immediate(insn), wide ? 64 : 32);
      }
    }

    private void checkConstant(int at, int operation, int immediate, int bits) {
      switch (operation) {
        case Insn.DIV, Insn.MOD -> require(immediate != 0, at, "it divides by zero");
        case Insn.LSH, Insn.RSH, Insn.ARSH ->
            require(immediate >= 0 && immediate < bits, at, "it shifts by too many bits");
        default -> {}
      }
    }

    private void checkJump(int at, long insn) {
      int opcode = Insn.opcode(insn);
      int operation = opcode & Insn.OPERATION;
      boolean wide = (opcode & Insn.CLASS) == Insn.JMP;
      if (wide && opcode == Insn.CALL_HELPER) {
        checkCall(at, insn);
      } else if (wide && opcode == Insn.RETURN) {
        require(insn >>> 8 == 0, at, "its operands are reserved");
      } else if (wide && opcode == (Insn.JMP | Insn.JA)) {
        require(
            Insn.immediate(insn) == 0 && ((insn >>> 8) & 0xff) == 0,
            at,
            "its operands are reserved");
        checkJumpTarget(at, insn);
      } else {
        require(
            operation != Insn.JA
                && operation != Insn.CALL
                && operation != Insn.EXIT
                && operation <= Insn.LAST_JUMP,
            at,
            "it is unknown");
        boolean register = (opcode & Insn.REGISTER) != 0;
        require(
            register ? Insn.immediate(insn) == 0 : Insn.source(insn) == 0,
            at,
            "its other source is reserved");
        checkJumpTarget(at, insn);
        checkFallThrough(at);
      }
    }

    private void checkJumpTarget(int at, long insn) {
      int target = at + 1 + Insn.offset(insn);
      require(
          target >= 0 && target < source.length && functions[target] == functions[at],
          at,
          "it leads out of its function, or into the middle of an instruction");
    }

    private void checkCall(int at, long insn) {
      require(
          ((insn >>> 16) & 0xffff) == 0 && Insn.target(insn) == 0, at, "an operand is reserved");
      if (Insn.source(insn) == Insn.PSEUDO_CALL) {
        int target = at + 1 + Insn.immediate(insn);
        require(functions[target] == target, at, "it leads into the middle of an instruction");
      } else {
        require(Insn.source(insn) == 0, at, "it calls neither a helper nor a function");
        require(
            helpers.containsKey(Insn.immediate(insn)),
            at,
            "helper " + Insn.immediate(insn) + " is unknown here");
      }
      checkFallThrough(at);
    }

    private void checkLoad64(int at, long insn) {
      require(Insn.opcode(insn) == Insn.LOAD_64, at, "it is unknown");
      require(
          Insn.offset(insn) == 0 && (Insn.source(insn) == 0 || references.containsKey(at)),
          at,
          "it loads neither a number nor a map");
      checkTarget(at, insn);
      checkFallThrough(at + 1);
    }

    private void checkLoad(int at, long insn) {
      require((Insn.opcode(insn) & Insn.MODE) == Insn.MEM, at, "it is unknown");
      require(Insn.immediate(insn) == 0, at, "its immediate is reserved");
      checkTarget(at, insn);
    }

    private void checkStore(int at, long insn) {
      int opcode = Insn.opcode(insn);
      boolean register = (opcode & Insn.CLASS) == Insn.STX;
      if (register && (opcode & Insn.MODE) == Insn.ATOMIC) {
        require(
            Insn.size(opcode) >= 4 && AtomicOperation.exists(Insn.immediate(insn)),
            at,
            "there is no such atomic operation");
      } else {
        require((opcode & Insn.MODE) == Insn.MEM, at, "it is unknown");
        require(
            register ? Insn.immediate(insn) == 0 : Insn.source(insn) == 0,
            at,
            "its other source is reserved");
      }
      checkFallThrough(at);
    }

    private void checkTarget(int at, long insn) {
      require(Insn.target(insn) != Insn.FRAME, at, "r10 cannot be changed");
      checkFallThrough(at);
    }

    /** Every function ends in an exit or a jump. */
    private void checkFallThrough(int at) {
      boolean wide = at + 1 < source.length && functions[at + 1] < 0;
      int next = wide ? at + 2 : at + 1;
      int start = functions[at] < 0 ? functions[at - 1] : functions[at];
      require(
          next < source.length && functions[next] == start,
          at,
          "its function goes on behind its end");
    }

    private void decode(int at) {
      long insn = source[at];
      if (Insn.opcode(insn) == Insn.LOAD_64) {
        long number = (insn >>> 32) | (source[at + 1] & 0xffff_ffff_0000_0000L);
        code[at] = Insn.withImmediate(insn, constants.size());
        constants.add(references.getOrDefault(at, number));
      } else if (isFunctionCall(insn)) {
        code[at] = Insn.withOpcode(insn, Insn.CALL_FUNCTION);
      } else if (Insn.opcode(insn) == Insn.CALL_HELPER) {
        Helper helper = java.util.Objects.requireNonNull(helpers.get(Insn.immediate(insn)));
        used.add(helper);
        code[at] = Insn.withImmediate(insn, List.copyOf(used).indexOf(helper));
      } else if (Insn.isAccess(insn)) {
        code[at] = Insn.withOpcode(insn, Insn.decodedAccess(Insn.opcode(insn)));
      }
    }

    private void require(boolean condition, int at, String otherwise) {
      if (!condition) {
        throw new RefusedException(
            "cannot load %s: instruction %d (%s): %s"
                .formatted(name, at, at < source.length ? text.text(at) : "none", otherwise));
      }
    }
  }
}
