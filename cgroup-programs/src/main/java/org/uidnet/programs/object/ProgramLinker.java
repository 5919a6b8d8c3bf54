package org.uidnet.programs.object;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a program together: its entry function, then every function that is called from there, each
 * once, in the order in which they are met.
 */
final class ProgramLinker {
  private final Code code;
  private final Map<Function, Integer> starts = new HashMap<>();
  private final List<Function> functions = new ArrayList<>();
  private final List<MapReference> maps = new ArrayList<>();
  private int length;

  private ProgramLinker(Code code) {
    this.code = code;
  }

  static ProgramSpec link(Code code, Function entry) {
    ProgramLinker linker = new ProgramLinker(code);
    linker.start(entry);
    byte[] instructions = linker.link();
    Hook hook = Hook.of(entry.section().name());
    return new ProgramSpec(
        KernelName.checked("program", entry.name()),
        entry.section().name(),
        hook.programType(),
        hook.attachType(),
        Bytes.of(instructions),
        linker.maps);
  }

  private byte[] link() {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    // The list grows meanwhile: linking a function places those it calls.
    for (int i = 0; i < functions.size(); i++) {
      program.writeBytes(link(functions.get(i)));
    }
    return program.toByteArray();
  }

  private byte[] link(Function function) {
    int start = start(function);
    Code.References references = code.references(function);
    byte[] bytes = function.bytes();
    Instructions instructions = Instructions.of(bytes);
    for (Code.Call call : references.calls()) {
      instructions.linkCall(call.instruction(), start(call.target()) - start);
    }
    references.maps().forEach(reference -> maps.add(reference.movedBy(start)));
    return bytes;
  }

  /** Where a function begins in the program; placed at the end if it is met for the first time. */
  private int start(Function function) {
    return starts.computeIfAbsent(function, this::place);
  }

  private int place(Function function) {
    int start = length;
    functions.add(function);
    length += function.length();
    return start;
  }
}
