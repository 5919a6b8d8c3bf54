package org.uidnet.netd.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * Part of a random program. Programs are trees of them, not lists of instructions, so that a part
 * can be left out and the rest is still a program that the verifier takes.
 *
 * <p>What holds between any two: r0 to r8 are numbers, r9 is the map's value, the upper 64 bytes of
 * the frame are written.
 */
sealed interface Statement {
  /** Instructions that belong together. */
  record Plain(List<Op> ops) implements Statement {
    static Plain of(Op... ops) {
      return new Plain(List.of(ops));
    }
  }

  /** Goes one way or the other. */
  record Choice(Op jump, List<Statement> taken, List<Statement> other) implements Statement {}

  /** Runs its body so many times, counting down in r8, which the body leaves alone. */
  record Loop(int times, List<Statement> body) implements Statement {}

  /** Calls a function of the program and gives r1 to r5 values again. */
  record Call(int function) implements Statement {}

  /** Every program that is this one less one statement. */
  static List<List<Statement>> smaller(List<Statement> statements) {
    List<List<Statement>> all = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      List<Statement> without = new ArrayList<>(statements);
      Statement removed = without.remove(i);
      all.add(without);
      for (Statement inside : inside(removed)) {
        List<Statement> replaced = new ArrayList<>(statements);
        replaced.set(i, inside);
        all.add(replaced);
      }
    }
    return all;
  }

  private static List<Statement> inside(Statement statement) {
    List<Statement> all = new ArrayList<>();
    if (statement instanceof Choice choice) {
      smaller(choice.taken())
          .forEach(taken -> all.add(new Choice(choice.jump(), taken, choice.other())));
      smaller(choice.other())
          .forEach(other -> all.add(new Choice(choice.jump(), choice.taken(), other)));
    } else if (statement instanceof Loop loop) {
      smaller(loop.body()).forEach(body -> all.add(new Loop(loop.times(), body)));
    }
    return all;
  }
}
