package org.uidnet.programs.object;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The functions of an object, with the calls and the map references among their instructions. */
final class Code {
  private static final int RELOCATION_64 = 1;
  private static final int RELOCATION_CALL = 10;

  /** An instruction, counted from the function's first, that calls another function. */
  record Call(int instruction, Function target) {}

  /** What the instructions of a function refer to. */
  record References(List<Call> calls, List<MapReference> maps) {}

  private final ElfFile elf;
  private final MapReader maps;

  Code(ElfFile elf, MapReader maps) {
    this.elf = elf;
    this.maps = maps;
  }

  /** All functions of a section, in the order of the symbol table. */
  List<Function> functions(ElfFile.Section section) {
    return elf.symbols().stream()
        .filter(symbol -> symbol.type() == ElfFile.FUNCTION)
        .filter(symbol -> symbol.section() == section.index())
        .map(symbol -> Function.of(section, symbol))
        .toList();
  }

  References references(Function function) {
    return new Scan(function).references();
  }

  private Function functionAt(ElfFile.Section section, long start) {
    return functions(section).stream()
        .filter(function -> function.start() == start)
        .findFirst()
        .orElseThrow(
            () -> section.content().expected(start * Instructions.SIZE, "the start of a function"));
  }

  /** One pass over the instructions of a function; every relocation must be used. */
  private final class Scan {
    private final Function function;
    private final Instructions instructions;
    private final TreeMap<Long, ElfFile.Relocation> relocations;
    private final List<Call> calls = new ArrayList<>();
    private final List<MapReference> references = new ArrayList<>();

    Scan(Function function) {
      this.function = function;
      this.instructions = Instructions.of(function.bytes());
      this.relocations =
          new TreeMap<>(
              elf.relocations(function.section())
                  .subMap(function.offset(0), function.offset(function.length())));
    }

    References references() {
      for (int at = 0; at < function.length(); at += instructions.isWide(at) ? 2 : 1) {
        if (instructions.isWide(at)) {
          readLoad(at);
        } else if (instructions.isFunctionCall(at)) {
          readCall(at);
        }
      }
      if (!relocations.isEmpty()) {
        throw expected(relocations.firstKey(), "a call or a 64-bit load to relocate");
      }
      return new References(calls, references);
    }

    private void readLoad(int at) {
      if (at + 1 == function.length()) {
        throw expected(function.offset(at), "the second half of a 64-bit load");
      }
      ElfFile.Relocation relocation = relocations.remove(function.offset(at));
      if (relocation != null) {
        require(relocation, RELOCATION_64);
        long offset = relocation.symbol().value() + instructions.immediate(at);
        references.add(maps.reference(at, elf.sectionOf(relocation.symbol()), offset));
      }
    }

    private void readCall(int at) {
      ElfFile.Relocation relocation = relocations.remove(function.offset(at));
      calls.add(new Call(at, relocation == null ? nearTarget(at) : distantTarget(at, relocation)));
    }

    /** In the same section: the immediate is relative to the next instruction. */
    private Function nearTarget(int at) {
      return functionAt(
          function.section(), (long) function.start() + at + 1 + instructions.immediate(at));
    }

    /** Of any section: the immediate, which is -1 for the symbol itself, adds to the symbol. */
    private Function distantTarget(int at, ElfFile.Relocation relocation) {
      require(relocation, RELOCATION_CALL);
      long symbol = relocation.symbol().value() / Instructions.SIZE;
      return functionAt(
          elf.sectionOf(relocation.symbol()), symbol + 1 + instructions.immediate(at));
    }

    private void require(ElfFile.Relocation relocation, int type) {
      if (relocation.type() != type) {
        throw expected(
            relocation.offset(), "a relocation of type " + type + ", found " + relocation.type());
      }
    }

    private ObjectFormatException expected(long offset, String what) {
      return function.section().content().expected(offset, what);
    }
  }
}
