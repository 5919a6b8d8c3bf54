package org.uidnet.netd.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.uidnet.netd.differential.Statement.Plain;

/**
 * Makes random programs of all instructions that clang emits for {@code -mcpu=v3}.
 *
 * <p>One thing it keeps away from, a fault of the kernel: a 32-bit compare-and-exchange must clear
 * the upper half of r0 (RFC 9669, section 5.3). On x86-64 it does not by itself where it succeeds,
 * so the verifier adds an instruction for that where it sees r0 read as a whole afterwards. 6.18
 * misses a read behind a place at which it stopped following this path, because another one had
 * come by in the same state with a later value of r0; then the upper half stays. So such an
 * instruction is followed at once by one that reads the whole of r0.
 */
final class ProgramMaker {
  private static final int[] ALU = {
    0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0, 0xb0, 0xc0
  };
  private static final int[] JUMPS = {
    0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0xa0, 0xb0, 0xc0, 0xd0
  };
  private static final int COMPARE_EXCHANGE = 0xf1;
  private static final int[] ATOMICS = {
    0x00, 0x40, 0x50, 0xa0, 0x01, 0x41, 0x51, 0xa1, 0xe1, COMPARE_EXCHANGE
  };

  private static final int FUNCTIONS = 3;
  private static final int MOST_STATEMENTS = 25;
  private static final int MOST_CHOICES = 6;

  private final SplittableRandom random;
  private int choices;
  private boolean inLoop;

  ProgramMaker(SplittableRandom random) {
    this.random = random;
  }

  RandomProgram program() {
    List<List<Statement>> functions = new ArrayList<>();
    for (int i = 0; i < FUNCTIONS; i++) {
      choices = 0;
      functions.add(statements(1 + random.nextInt(MOST_STATEMENTS), i));
    }
    return new RandomProgram(functions);
  }

  private List<Statement> statements(int count, int function) {
    List<Statement> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(statement(function));
    }
    return all;
  }

  private Statement statement(int function) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> choice(function);
      case 2 -> loop(function);
      case 3 -> call(function);
      default -> plain();
    };
  }

  private Statement choice(int function) {
    if (++choices > MOST_CHOICES) {
      return plain();
    }
    List<Statement> taken = statements(random.nextInt(3), function);
    List<Statement> other = statements(random.nextInt(3), function);
    return new Statement.Choice(jump(), taken, other);
  }

  private Op jump() {
    int kind = pick(Op.JMP, Op.JMP32) | pick(JUMPS);
    return random.nextBoolean()
        ? new Op(kind | Op.REGISTER, register(), register(), 0, 0)
        : new Op(kind, register(), 0, 0, Numbers.immediate(random));
  }

  /** Not in another one, and without calls: the verifier follows every round. */
  private Statement loop(int function) {
    if (inLoop) {
      return plain();
    }
    inLoop = true;
    List<Statement> body = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      body.add(random.nextInt(8) == 0 ? choice(function) : plain());
    }
    inLoop = false;
    return new Statement.Loop(1 + random.nextInt(6), body);
  }

  private Statement call(int function) {
    return inLoop || function == FUNCTIONS - 1 || ++choices > MOST_CHOICES
        ? plain()
        : new Statement.Call(function + 1 + random.nextInt(FUNCTIONS - 1 - function));
  }

  private Plain plain() {
    return switch (random.nextInt(12)) {
      case 0 -> wide();
      case 1, 2 -> memory();
      case 3 -> atomic();
      case 4 -> swap();
      default -> arithmetic();
    };
  }

  private Plain arithmetic() {
    int kind = pick(Op.ALU, Op.ALU64);
    int operation = pick(ALU);
    int target = writable();
    if (operation == Op.NEG) {
      return Plain.of(new Op(kind | operation, target, 0, 0, 0));
    } else if (random.nextBoolean()) {
      return Plain.of(new Op(kind | operation | Op.REGISTER, target, register(), 0, 0));
    }
    return Plain.of(new Op(kind | operation, target, 0, 0, constant(operation, kind)));
  }

  /** The verifier refuses constants that make no sense. */
  private int constant(int operation, int kind) {
    int number = Numbers.immediate(random);
    return switch (operation) {
      case Op.LSH, Op.RSH, Op.ARSH -> number & (kind == Op.ALU ? 31 : 63);
      case Op.DIV, Op.MOD -> number == 0 ? 1 : number;
      default -> number;
    };
  }

  private Plain swap() {
    int opcode = Op.ALU | Op.END | pick(0, Op.REGISTER);
    return Plain.of(new Op(opcode, writable(), 0, 0, pick(16, 32, 64)));
  }

  private Plain wide() {
    long number = Numbers.wide(random);
    return Plain.of(
        new Op(Op.LOAD_64, writable(), 0, 0, (int) number),
        new Op(0, 0, 0, 0, (int) (number >> 32)));
  }

  /** The frame is accessed on multiples of the size only; the map's value anywhere. */
  private Plain memory() {
    int bytes = pick(1, 2, 4, 8);
    boolean frame = random.nextBoolean();
    int base = frame ? RandomProgram.FRAME_POINTER : RandomProgram.VALUE;
    int offset =
        frame
            ? -RandomProgram.FRAME_SIZE + random.nextInt(RandomProgram.FRAME_SIZE / bytes) * bytes
            : RandomProgram.SCRATCH
                + random.nextInt(RandomProgram.REGISTERS - RandomProgram.SCRATCH - bytes + 1);
    return switch (random.nextInt(3)) {
      case 0 -> Plain.of(Op.load(bytes, writable(), base, offset));
      case 1 -> Plain.of(Op.store(bytes, base, offset, register()));
      default ->
          Plain.of(
              new Op(Op.ST | Op.MEM | Op.size(bytes), base, 0, offset, Numbers.immediate(random)));
    };
  }

  private Plain atomic() {
    int bytes = pick(4, 8);
    int slots = (RandomProgram.REGISTERS - RandomProgram.SCRATCH) / bytes;
    int offset = RandomProgram.SCRATCH + random.nextInt(slots) * bytes;
    int operation = pick(ATOMICS);
    Op atomic =
        new Op(
            Op.STX | Op.ATOMIC | Op.size(bytes),
            RandomProgram.VALUE,
            writable(), // a fetch changes it
            offset,
            operation);
    return bytes == 4 && operation == COMPARE_EXCHANGE
        ? Plain.of(atomic, Op.store(8, RandomProgram.VALUE, RandomProgram.SCRATCH, 0))
        : Plain.of(atomic);
  }

  private int register() {
    return random.nextInt(RandomProgram.VALUE);
  }

  private int writable() {
    return random.nextInt(inLoop ? RandomProgram.COUNTER : RandomProgram.VALUE);
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }
}
