package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.uidnet.programs.object.Bytes;
import org.uidnet.programs.object.MapReference;
import org.uidnet.programs.object.ProgramSpec;

/**
 * A program that reads numbers from a map's value, works on them, and leaves its registers and its
 * frame there.
 *
 * <pre>
 * 0        128       256         328     392  of the value
 * | inputs | scratch | registers | frame |
 * </pre>
 *
 * @param functions bodies; the first is the program, each may call those behind it
 */
record RandomProgram(List<List<Statement>> functions) {
  static final String MAP = "values";
  static final int SCRATCH = 128;
  static final int REGISTERS = 256;
  static final int FRAME = 328;
  static final int VALUE_SIZE = 392;

  static final int FRAME_SIZE = VALUE_SIZE - FRAME;

  /** Registers with a fixed use: loops, the map's value, the frame. */
  static final int COUNTER = 8;

  static final int VALUE = 9;
  static final int FRAME_POINTER = 10;

  private static final int SOCKET_FILTER = 1;

  /** As it is loaded. */
  ProgramSpec spec() {
    Writer writer = new Writer();
    writer.write();
    return new ProgramSpec("random", "socket", SOCKET_FILTER, 0, writer.bytes(), writer.maps);
  }

  /** Every program with one statement less. */
  List<RandomProgram> smaller() {
    List<RandomProgram> all = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      for (List<Statement> body : Statement.smaller(functions.get(i))) {
        List<List<Statement>> copy = new ArrayList<>(functions);
        copy.set(i, body);
        all.add(new RandomProgram(copy));
      }
    }
    return all;
  }

  /** A listing. */
  @Override
  public String toString() {
    Writer writer = new Writer();
    writer.write();
    StringJoiner lines = new StringJoiner("\n");
    for (int i = 0; i < writer.ops.size(); i++) {
      lines.add("%4d  %s".formatted(i, writer.ops.get(i)));
    }
    return lines.toString();
  }

  /** Puts functions one after the other: those that are called, as the verifier wants no others. */
  private final class Writer {
    private final List<Op> ops = new ArrayList<>();
    private final List<MapReference> maps = new ArrayList<>();
    private final List<Integer> queue = new ArrayList<>(List.of(0));

    /** Calls by instruction, functions by number. */
    private final Map<Integer, Integer> calls = new HashMap<>();

    private final Map<Integer, Integer> starts = new HashMap<>();

    void write() {
      for (int i = 0; i < queue.size(); i++) { // it grows meanwhile
        starts.put(queue.get(i), ops.size());
        function(queue.get(i));
      }
      calls.forEach(this::link);
    }

    private void link(int at, int function) {
      ops.set(at, new Op(Op.CALL, 0, 1, 0, starts.getOrDefault(function, 0) - (at + 1)));
    }

    private void function(int number) {
      boolean main = number == 0;
      begin(main);
      functions.get(number).forEach(this::statement);
      if (main) {
        leaveResults();
      }
      ops.add(new Op(Op.EXIT, 0, 0, 0, 0));
    }

    /** Gives registers and frame their values; a function keeps its arguments. */
    private void begin(boolean main) {
      maps.add(new MapReference(ops.size(), MAP, OptionalInt.of(0)));
      ops.add(new Op(Op.LOAD_64, VALUE, 0, 0, 0));
      ops.add(new Op(0, 0, 0, 0, 0));
      for (int register = 0; register < VALUE; register++) {
        if (main || register == 0 || register > 5) {
          ops.add(Op.load(8, register, VALUE, register * Long.BYTES));
        }
      }
      for (int i = 0; i < FRAME_SIZE / Long.BYTES; i++) {
        ops.add(Op.store(8, FRAME_POINTER, (i + 1) * -Long.BYTES, i));
      }
    }

    private void leaveResults() {
      for (int register = 0; register < VALUE; register++) {
        ops.add(Op.store(8, VALUE, REGISTERS + register * Long.BYTES, register));
      }
      for (int i = 0; i < FRAME_SIZE / Long.BYTES; i++) {
        ops.add(Op.load(8, 1, FRAME_POINTER, (i + 1) * -Long.BYTES));
        ops.add(Op.store(8, VALUE, FRAME + i * Long.BYTES, 1));
      }
    }

    private void statement(Statement statement) {
      if (statement instanceof Statement.Plain plain) {
        ops.addAll(plain.ops());
      } else if (statement instanceof Statement.Choice choice) {
        choice(choice);
      } else if (statement instanceof Statement.Loop loop) {
        loop(loop);
      } else if (statement instanceof Statement.Call call) {
        call(call.function());
      }
    }

    private void choice(Statement.Choice choice) {
      int jump = placeholder();
      choice.other().forEach(this::statement);
      if (choice.taken().isEmpty()) {
        ops.set(jump, choice.jump().to(ops.size() - jump - 1));
        return;
      }
      int skip = placeholder();
      ops.set(jump, choice.jump().to(ops.size() - jump - 1));
      choice.taken().forEach(this::statement);
      ops.set(skip, new Op(Op.JMP, 0, 0, ops.size() - skip - 1, 0));
    }

    private void loop(Statement.Loop loop) {
      ops.add(Op.alu64(Op.MOV, COUNTER, loop.times()));
      int start = ops.size();
      loop.body().forEach(this::statement);
      ops.add(Op.alu64(Op.ADD, COUNTER, -1));
      ops.add(new Op(Op.JMP | Op.JNE, COUNTER, 0, start - ops.size() - 1, 0));
    }

    private void call(int function) {
      if (!queue.contains(function)) {
        queue.add(function);
      }
      calls.put(placeholder(), function);
      for (int register = 1; register <= 5; register++) {
        ops.add(Op.load(8, register, VALUE, (register + 8) * Long.BYTES));
      }
    }

    private int placeholder() {
      ops.add(new Op(0, 0, 0, 0, 0));
      return ops.size() - 1;
    }

    Bytes bytes() {
      ByteBuffer code = ByteBuffer.allocate(ops.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      ops.forEach(op -> code.putLong(op.word()));
      return Bytes.of(code.array());
    }
  }
}
