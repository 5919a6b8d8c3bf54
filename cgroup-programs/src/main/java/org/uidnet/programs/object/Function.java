package org.uidnet.programs.object;

/**
 * A function of the object.
 *
 * @param start its first instruction in the section
 * @param length instructions
 */
record Function(String name, ElfFile.Section section, int start, int length) {
  static Function of(ElfFile.Section section, ElfFile.Symbol symbol) {
    Region content = section.content();
    content.slice(symbol.name(), symbol.value(), symbol.size());
    content.require(isWhole(symbol), symbol.value(), symbol.name() + " to be whole instructions");
    return new Function(
        symbol.name(),
        section,
        (int) symbol.value() / Instructions.SIZE,
        (int) symbol.size() / Instructions.SIZE);
  }

  /** Where an instruction, counted from the first, lies in the section. */
  long offset(int instruction) {
    return (long) (start + instruction) * Instructions.SIZE;
  }

  /** A copy of the instructions as they are in the object. */
  byte[] bytes() {
    return section.content().slice(name, offset(0), (long) length * Instructions.SIZE).toArray();
  }

  private static boolean isWhole(ElfFile.Symbol symbol) {
    return symbol.size() > 0
        && symbol.value() % Instructions.SIZE == 0
        && symbol.size() % Instructions.SIZE == 0;
  }
}
