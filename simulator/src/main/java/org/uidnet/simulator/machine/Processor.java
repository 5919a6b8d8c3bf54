package org.uidnet.simulator.machine;

import static org.uidnet.simulator.machine.Insn.ADD;
import static org.uidnet.simulator.machine.Insn.ALU;
import static org.uidnet.simulator.machine.Insn.ALU64;
import static org.uidnet.simulator.machine.Insn.AND;
import static org.uidnet.simulator.machine.Insn.ARSH;
import static org.uidnet.simulator.machine.Insn.ATOMIC_32;
import static org.uidnet.simulator.machine.Insn.ATOMIC_64;
import static org.uidnet.simulator.machine.Insn.CALL_FUNCTION;
import static org.uidnet.simulator.machine.Insn.CALL_HELPER;
import static org.uidnet.simulator.machine.Insn.DECODED;
import static org.uidnet.simulator.machine.Insn.DIV;
import static org.uidnet.simulator.machine.Insn.END;
import static org.uidnet.simulator.machine.Insn.JA;
import static org.uidnet.simulator.machine.Insn.JEQ;
import static org.uidnet.simulator.machine.Insn.JGE;
import static org.uidnet.simulator.machine.Insn.JGT;
import static org.uidnet.simulator.machine.Insn.JLE;
import static org.uidnet.simulator.machine.Insn.JLT;
import static org.uidnet.simulator.machine.Insn.JMP;
import static org.uidnet.simulator.machine.Insn.JMP32;
import static org.uidnet.simulator.machine.Insn.JNE;
import static org.uidnet.simulator.machine.Insn.JSET;
import static org.uidnet.simulator.machine.Insn.JSGE;
import static org.uidnet.simulator.machine.Insn.JSGT;
import static org.uidnet.simulator.machine.Insn.JSLE;
import static org.uidnet.simulator.machine.Insn.JSLT;
import static org.uidnet.simulator.machine.Insn.LDX;
import static org.uidnet.simulator.machine.Insn.LOAD_64;
import static org.uidnet.simulator.machine.Insn.LSH;
import static org.uidnet.simulator.machine.Insn.MOD;
import static org.uidnet.simulator.machine.Insn.MOV;
import static org.uidnet.simulator.machine.Insn.MUL;
import static org.uidnet.simulator.machine.Insn.NEG;
import static org.uidnet.simulator.machine.Insn.OR;
import static org.uidnet.simulator.machine.Insn.REGISTER;
import static org.uidnet.simulator.machine.Insn.RETURN;
import static org.uidnet.simulator.machine.Insn.RSH;
import static org.uidnet.simulator.machine.Insn.SIZE_16;
import static org.uidnet.simulator.machine.Insn.SIZE_32;
import static org.uidnet.simulator.machine.Insn.SIZE_64;
import static org.uidnet.simulator.machine.Insn.SIZE_8;
import static org.uidnet.simulator.machine.Insn.ST;
import static org.uidnet.simulator.machine.Insn.STX;
import static org.uidnet.simulator.machine.Insn.SUB;
import static org.uidnet.simulator.machine.Insn.XOR;
import static org.uidnet.simulator.machine.Insn.offset;
import static org.uidnet.simulator.machine.Insn.opcode;
import static org.uidnet.simulator.machine.Insn.source;
import static org.uidnet.simulator.machine.Insn.target;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Runs programs, one at a time. A run can be stopped between any two instructions and continued, so
 * that a test can let others act in between. Not thread-safe; several processors may run on threads
 * of their own over the same memory.
 *
 * <p>Each of up to eight nested functions has a frame of 512 bytes; registers 6 to 9 are kept over
 * calls and 1 to 5 are lost, as the kernel's convention has it. What a program must not rely on
 * (lost registers, a fresh frame) holds {@link #POISON}, which is no address.
 */
public final class Processor {
  /** Instructions of one run; the kernel's verifier gives up after as many. */
  public static final int MOST_INSTRUCTIONS = 1_000_000;

  static final long POISON = 0xbad0_bad0_bad0_bad0L;

  private static final int MOST_FRAMES = 8;
  private static final int FRAME_SIZE = 512;
  private static final int FRAME_POINTER = 10;
  private static final int REGISTERS = 16; // 11 in use; as many as an instruction can name
  private static final int SAVED = 5; // r6 to r9, and where to go on
  private static final long LOW = 0xffff_ffffL;
  private static final byte[] FRESH_FRAME = freshFrame();

  private final Memory memory;
  private final int number;
  private final Region stack;
  private final long[] registers = new long[REGISTERS];
  private final long[] saved = new long[MOST_FRAMES * SAVED];

  private Program program = Program.NONE;
  private int next;
  private int frame;
  private boolean running;
  private long instructions;

  /** Adds its stack to the memory. */
  public Processor(Memory memory, int number) {
    this.memory = memory;
    this.number = number;
    stack = memory.add("stack of CPU " + number, Region.Spec.memory(FRAME_SIZE, MOST_FRAMES));
  }

  private static byte[] freshFrame() {
    java.nio.ByteBuffer frame =
        java.nio.ByteBuffer.allocate(FRAME_SIZE).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    while (frame.hasRemaining()) {
      frame.putLong(POISON);
    }
    return frame.array();
  }

  /** As {@code bpf_get_smp_processor_id} answers. */
  public int number() {
    return number;
  }

  public Memory memory() {
    return memory;
  }

  /** Instructions executed since this processor was made. */
  public long instructions() {
    return instructions;
  }

  /**
   * Runs a program from its beginning to its end; answers its return value.
   *
   * @param context address that it gets in register 1
   * @throws Fault if it does what the kernel would not have allowed
   */
  public long run(Program toRun, long context) {
    start(toRun, context);
    return finish();
  }

  /** Begins a run without executing anything yet. */
  public void start(Program toRun, long context) {
    program = toRun;
    next = 0;
    frame = 0;
    running = true;
    Arrays.fill(registers, POISON);
    registers[1] = context;
    makeFrame();
  }

  /**
   * Executes at most so many instructions of the run; answers whether it has ended.
   *
   * @throws Fault if it does what the kernel would not have allowed
   */
  public boolean step(int most) {
    if (running) {
      try {
        execute(most);
      } catch (Trap e) {
        running = false;
        throw fault(e);
      }
    }
    return !running;
  }

  /**
   * Executes the rest of the run; answers its return value.
   *
   * @throws Fault if it does what the kernel would not have allowed
   */
  public long finish() {
    if (!step(MOST_INSTRUCTIONS)) {
      running = false;
      throw fault(new Trap("has executed " + MOST_INSTRUCTIONS + " instructions without an end"));
    }
    return registers[0] & LOW;
  }

  private void execute(int most) {
    final long[] code = program.code();
    final long[] constants = program.constants();
    final long[] r = registers;
    int next = this.next;
    int left = most;
    try {
      while (left > 0 && next >= 0) {
        left--;
        final long insn = code[next++];
        final int d = target(insn);
        final int s = source(insn);
        final int offset = offset(insn);
        final long operand = (insn & REGISTER) != 0 ? r[s] : insn >> 32;
        switch ((int) insn & DECODED) {
          case ALU64 | ADD -> r[d] += operand;
          case ALU | ADD -> r[d] = (int) (r[d] + operand) & LOW;
          case ALU64 | SUB -> r[d] -= operand;
          case ALU | SUB -> r[d] = (int) (r[d] - operand) & LOW;
          case ALU64 | MUL -> r[d] *= operand;
          case ALU | MUL -> r[d] = (int) (r[d] * operand) & LOW;
          case ALU64 | OR -> r[d] |= operand;
          case ALU | OR -> r[d] = (int) (r[d] | operand) & LOW;
          case ALU64 | AND -> r[d] &= operand;
          case ALU | AND -> r[d] = (int) (r[d] & operand) & LOW;
          case ALU64 | XOR -> r[d] ^= operand;
          case ALU | XOR -> r[d] = (int) (r[d] ^ operand) & LOW;
          case ALU64 | LSH -> r[d] <<= operand;
          case ALU | LSH -> r[d] = ((int) r[d] << operand) & LOW;
          case ALU64 | RSH -> r[d] >>>= operand;
          case ALU | RSH -> r[d] = ((int) r[d] >>> operand) & LOW;
          case ALU64 | ARSH -> r[d] >>= operand;
          case ALU | ARSH -> r[d] = ((int) r[d] >> operand) & LOW;
          case ALU64 | DIV -> r[d] = divide(r[d], operand);
          case ALU | DIV -> r[d] = divide(r[d] & LOW, operand & LOW);
          case ALU64 | MOD -> r[d] = remainder(r[d], operand);
          case ALU | MOD -> r[d] = remainder(r[d] & LOW, operand & LOW);
          case ALU64 | NEG -> r[d] = -r[d];
          case ALU | NEG -> r[d] = -r[d] & LOW;
          case ALU64 | MOV -> r[d] = operand;
          case ALU | MOV -> r[d] = operand & LOW;
          case ALU | END -> r[d] = swap(r[d], insn);

          case JMP | JEQ -> next += r[d] == operand ? offset : 0;
          case JMP32 | JEQ -> next += (int) r[d] == (int) operand ? offset : 0;
          case JMP | JNE -> next += r[d] != operand ? offset : 0;
          case JMP32 | JNE -> next += (int) r[d] != (int) operand ? offset : 0;
          case JMP | JSET -> next += (r[d] & operand) != 0 ? offset : 0;
          case JMP32 | JSET -> next += ((int) r[d] & (int) operand) != 0 ? offset : 0;
          case JMP | JGT -> next += Long.compareUnsigned(r[d], operand) > 0 ? offset : 0;
          case JMP32 | JGT ->
              next += Integer.compareUnsigned((int) r[d], (int) operand) > 0 ? offset : 0;
          case JMP | JGE -> next += Long.compareUnsigned(r[d], operand) >= 0 ? offset : 0;
          case JMP32 | JGE ->
              next += Integer.compareUnsigned((int) r[d], (int) operand) >= 0 ? offset : 0;
          case JMP | JLT -> next += Long.compareUnsigned(r[d], operand) < 0 ? offset : 0;
          case JMP32 | JLT ->
              next += Integer.compareUnsigned((int) r[d], (int) operand) < 0 ? offset : 0;
          case JMP | JLE -> next += Long.compareUnsigned(r[d], operand) <= 0 ? offset : 0;
          case JMP32 | JLE ->
              next += Integer.compareUnsigned((int) r[d], (int) operand) <= 0 ? offset : 0;
          case JMP | JSGT -> next += r[d] > operand ? offset : 0;
          case JMP32 | JSGT -> next += (int) r[d] > (int) operand ? offset : 0;
          case JMP | JSGE -> next += r[d] >= operand ? offset : 0;
          case JMP32 | JSGE -> next += (int) r[d] >= (int) operand ? offset : 0;
          case JMP | JSLT -> next += r[d] < operand ? offset : 0;
          case JMP32 | JSLT -> next += (int) r[d] < (int) operand ? offset : 0;
          case JMP | JSLE -> next += r[d] <= operand ? offset : 0;
          case JMP32 | JSLE -> next += (int) r[d] <= (int) operand ? offset : 0;
          case JMP | JA -> next += offset;
          case CALL_HELPER -> r[0] = call(program.helpers()[(int) (insn >> 32)]);
          case CALL_FUNCTION -> next = enter(next, next + (int) (insn >> 32));
          case RETURN -> next = leave();

          case LDX | SIZE_8 -> r[d] = memory.load8(r[s] + offset);
          case LDX | SIZE_16 -> r[d] = memory.load16(r[s] + offset);
          case LDX | SIZE_32 -> r[d] = memory.load32(r[s] + offset);
          case LDX | SIZE_64 -> r[d] = memory.load64(r[s] + offset);
          case STX | SIZE_8, ST | SIZE_8 -> memory.store8(r[d] + offset, operand);
          case STX | SIZE_16, ST | SIZE_16 -> memory.store16(r[d] + offset, operand);
          case STX | SIZE_32, ST | SIZE_32 -> memory.store32(r[d] + offset, operand);
          case STX | SIZE_64, ST | SIZE_64 -> memory.store64(r[d] + offset, operand);
          case ATOMIC_32, ATOMIC_64 -> atomic(insn);
          case LOAD_64 & DECODED -> {
            r[d] = constants[(int) (insn >> 32)];
            next++;
          }
          default -> throw new AssertionError("the loader passes no opcode " + opcode(insn));
        }
      }
      running = next >= 0;
    } finally {
      this.next = next;
      instructions += most - left;
    }
  }

  /** Division by zero gives zero (RFC 9669, section 4.1). */
  private static long divide(long dividend, long divisor) {
    return divisor == 0 ? 0 : Long.divideUnsigned(dividend, divisor);
  }

  /** The remainder of a division by zero is the dividend. */
  private static long remainder(long dividend, long divisor) {
    return divisor == 0 ? dividend : Long.remainderUnsigned(dividend, divisor);
  }

  /** To big-endian with the register bit, else to little-endian, which only cuts bits off. */
  private static long swap(long value, long insn) {
    boolean big = (insn & REGISTER) != 0;
    return switch ((int) (insn >> 32)) {
      case 16 -> (big ? Short.reverseBytes((short) value) : value) & 0xffff;
      case 32 -> (big ? Integer.reverseBytes((int) value) : value) & LOW;
      default -> big ? Long.reverseBytes(value) : value;
    };
  }

  private long call(Helper helper) {
    long[] r = registers;
    long result = helper.code().call(this, r[1], r[2], r[3], r[4], r[5]);
    r[1] = POISON;
    r[2] = POISON;
    r[3] = POISON;
    r[4] = POISON;
    r[5] = POISON;
    return result;
  }

  /** Calls a function; answers where it begins. */
  private int enter(int from, int to) {
    if (frame + 1 == MOST_FRAMES) {
      throw new Trap("more than " + MOST_FRAMES + " functions are nested");
    }
    int at = frame * SAVED;
    saved[at] = from;
    System.arraycopy(registers, 6, saved, at + 1, SAVED - 1);
    frame++;
    makeFrame();
    return to;
  }

  /** Returns from a function; answers where its caller goes on, -1 if it was the program. */
  private int leave() {
    if (frame == 0) {
      return -1;
    }
    frame--;
    int at = frame * SAVED;
    System.arraycopy(saved, at + 1, registers, 6, SAVED - 1);
    Arrays.fill(registers, 1, 6, POISON);
    registers[FRAME_POINTER] = stack.address(frame) + FRAME_SIZE;
    return (int) saved[at];
  }

  private void makeFrame() {
    stack.memory().put(stack.position(frame), FRESH_FRAME);
    registers[FRAME_POINTER] = stack.address(frame) + FRAME_SIZE;
  }

  private void atomic(long insn) {
    long[] r = registers;
    int immediate = (int) (insn >> 32);
    AtomicOperation operation = AtomicOperation.of(immediate);
    long address = r[target(insn)] + offset(insn);
    long operand = r[source(insn)];
    long old =
        ((int) insn & DECODED) == ATOMIC_64
            ? memory.atomic64(operation, address, operand, r[0])
            : memory.atomic32(operation, address, operand, r[0]);
    if (operation == AtomicOperation.COMPARE_EXCHANGE) {
      r[0] = old;
    } else if ((immediate & AtomicOperation.FETCH) != 0) {
      r[source(insn)] = old;
    }
  }

  private Fault fault(Trap trap) {
    StringJoiner values = new StringJoiner(", ");
    for (int i = 0; i <= FRAME_POINTER; i++) {
      values.add("r" + i + " = " + memory.describe(registers[i]));
    }
    return new Fault(program.place(next - 1) + ": it " + trap.getMessage() + "\n" + values, trap);
  }
}
